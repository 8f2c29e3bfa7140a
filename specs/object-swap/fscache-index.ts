/** The index of named objects, in memory and on the device. */
import type { Id } from '../../checker/index.js'
import { guard, type State } from './state.js'

/** The object with this name, under the number that its volume has now; 0 for none. */
export function fscache_lookup(s: State, key: Id<'key'>): Id<'object'> | 0 {
  return s.object.ids.find((id) => isNamed(s, id, key)) ?? 0
}

function isNamed(s: State, id: Id<'object'>, key: Id<'key'>): boolean {
  const { is, key: its, volume } = s.object[id]
  if (is !== 'named' || its === 0) return false
  const isSame = guard('put the data version in the key') ? its === key : s.name[its].file === s.name[key].file
  return isSame && isOfVolume(s, its, volume, s.volume)
}

/** Names without the subkey are of a volume whose number stays. */
export function isOfVolume(s: State, key: Id<'key'>, volume: number, current: number): boolean {
  return !s.name[key].subkey || volume === current
}

/** In memory. */
export function forget_object(s: State, id: Id<'object'>): void {
  Object.assign(s.object[id], { is: 'nothing', key: 0, volume: 0, pinned: false, block: 0 })
}

/** On the device: the record goes at once. */
export function erase_record(s: State, id: Id<'object'>): void {
  Object.assign(s.record[id], { key: 0, block: 0, volume: 0, pinned: false })
}
