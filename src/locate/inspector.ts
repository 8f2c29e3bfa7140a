/**
 * Asks V8 where functions begin, as a debugger does. That is exact for each step of a procedure, where a stack would show no more than the
 * place at which the procedure was made.
 */
import { Session } from 'node:inspector'
import type { Located } from './region.js'

/** Lines and columns from 0. A function begins at its parameters. */
export interface Place {
  readonly line: number
  readonly column: number
}

export interface Script {
  readonly url: string
  /** Where its source map is, relative to the script; '' if it has none. */
  readonly map: string
}

/** Where the function that is asked for can be seen by an expression, for as long as it is. */
const SHOWN = Symbol.for('swapcheck.located')

/** The functions that have a place in a script. */
export function placesOf(functions: Iterable<Located>): Map<Located, { readonly script: Script; readonly start: Place }> {
  const session = new Session()
  const scripts = new Map<string, Script>()
  const found = new Map<Located, { script: Script; start: Place }>()
  session.connect()
  session.on('Debugger.scriptParsed', ({ params }) => {
    scripts.set(params.scriptId, { url: params.url, map: params.sourceMapURL ?? '' })
  })
  session.post('Debugger.enable')
  for (const of of new Set(functions)) {
    const place = locationOf(session, of)
    const script = place && scripts.get(place.scriptId)
    if (script !== undefined) found.set(of, { script, start: { line: place?.lineNumber ?? 0, column: place?.columnNumber ?? 0 } })
  }
  session.disconnect()
  return found
}

interface Location {
  readonly scriptId: string
  readonly lineNumber: number
  readonly columnNumber: number
}

/** What is asked in a session of one's own thread is answered before `post` returns. */
function locationOf(session: Session, of: Located): Location | undefined {
  const shown = globalThis as { [SHOWN]?: Located }
  let location: Location | undefined
  shown[SHOWN] = of
  session.post('Runtime.evaluate', { expression: `globalThis[Symbol.for('${SHOWN.description}')]` }, (_, answer) => {
    const objectId = answer?.result.objectId
    if (objectId === undefined) return
    session.post('Runtime.getProperties', { objectId, ownProperties: true }, (_, properties) => {
      const found = properties?.internalProperties?.find(({ name }) => name === '[[FunctionLocation]]')
      location = found?.value?.value as Location | undefined
    })
  })
  delete shown[SHOWN]
  return location
}
