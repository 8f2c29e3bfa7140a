/**
 * That fscache looks like what it stands for: `specs/cache`. What it gives for a name is what is in the index in memory, or, where there is nothing, what
 * the index on the device will bring back after a power loss.
 */
import type { Id } from '../../checker/index.js'
import { cache } from '../cache/cache.js'
import { isOfVolume } from './fscache-index.js'
import { contents, refines, type State } from './state.js'

export const RefinesCache = refines(
  'RefinesCache',
  'fscache may forget, and never lies, whatever is evicted, and whenever the power goes.',
  cache,
  (s, abstract) => {
    Object.assign(abstract, { changed: s.restored, told: s.invalidated })
    for (const key of s.name.ids) {
      const { block, locked } = kept(s, key)
      Object.assign(abstract.entry[key], { changes: s.name[key].subkey, locked, gives: block === 0 ? 'nothing' : given(s, key, block) })
    }
  },
)

interface Kept {
  readonly block: Id<'block'> | 0
  readonly locked: boolean
}

function kept(s: State, key: Id<'key'>): Kept {
  const object = s.object.ids.find(
    (id) => s.object[id].is === 'named' && s.object[id].key === key && isOfVolume(s, key, s.object[id].volume, s.volume),
  )
  const record = object ?? s.record.ids.find((id) => s.record[id].key === key && isOfVolume(s, key, s.record[id].volume, s.volume_record))
  const locked = record !== undefined && s.record[record].pinned
  if (object !== undefined) return { block: s.object[object].block, locked }
  return { block: record === undefined ? 0 : s.record[record].block, locked }
}

function given(s: State, key: Id<'key'>, block: Id<'block'>): 'old' | 'new' | 'else' {
  const { data } = s.block[block]
  if (data === contents(key, false)) return 'old'
  return data === contents(key, true) ? 'new' : 'else'
}
