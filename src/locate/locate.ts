/** Where functions of a spec are written: their file and lines, through source maps. */
import { lastPlace } from './extent.js'
import { placesOf, type Script } from './inspector.js'
import { originals } from './original.js'
import type { Located, Region } from './region.js'
import { repositoryPath } from './repository-path.js'

export function locate(functions: Iterable<Located>): Map<Located, Region> {
  const maps = new Map<Script, ReturnType<typeof originals>>()
  const regions = new Map<Located, Region>()
  for (const [of, { script, start }] of placesOf(functions)) {
    if (!maps.has(script)) maps.set(script, originals(script))
    const toOriginal = maps.get(script)
    if (toOriginal === undefined) continue
    const [first, last] = [toOriginal(start), toOriginal(lastPlace(of.toString(), start))]
    regions.set(of, {
      file: repositoryPath(first.file),
      startLine: first.line + 1,
      startColumn: first.column + 1,
      endLine: last.line + 1,
      endColumn: last.column + 2,
    })
  }
  return regions
}
