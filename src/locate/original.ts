/** What a place in a script is in the file that the script was compiled from. */
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Place, Script } from './inspector.js'

export interface Original extends Place {
  /** A path of this machine. */
  readonly file: string
}

/** Of one script: its map is read once. Undefined where the script is no file. */
export function originals({ url, map }: Script): ((place: Place) => Original) | undefined {
  if (!url.startsWith('file:')) return undefined
  const sourceMap = map === '' ? undefined : readMap(new URL(map, url))
  return (place) => {
    const entry = sourceMap?.findEntry(place.line, place.column)
    if (entry === undefined || !('originalSource' in entry)) return { ...place, file: fileURLToPath(url) }
    const { originalSource, originalLine, originalColumn, generatedColumn } = entry
    const file = fileURLToPath(new URL(originalSource, new URL(map, url)))
    return { file, line: originalLine, column: originalColumn + place.column - generatedColumn }
  }
}

/** Undefined where the map is not there any more, or is none. */
function readMap(url: URL): SourceMap | undefined {
  try {
    const text = url.protocol === 'data:' ? atob(url.href.slice(url.href.indexOf(',') + 1)) : readFileSync(url, 'utf8')
    return new SourceMap(JSON.parse(text))
  } catch {
    return undefined
  }
}
