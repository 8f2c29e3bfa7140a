/**
 * mm/vswap.c: who may change what backs a virtual slot (patch 12): "safe to be called in contexts where the swap entry has been added to the swap
 * cache and the associated folio is locked".
 */
import { assert, asserted, type Id } from '../../checker/index.js'
import type { State, SwpDesc } from './state.js'

export const BackingOwned = asserted(
  'BackingOwned',
  'What backs an entry is changed by who has the swap cache pin, the lock of the folio in the swap cache, or dropped the last reference.',
)

/** Stands where desc->type or the union is stored, of the descriptor of `entry`. */
export function assert_owned(s: State, entry: Id<'entry'>, desc: SwpDesc, self: Id<'thread'>): void {
  const folio = s.swapper_space[entry]
  const isLocked = folio !== 0 && s.folio[folio].locked_by === self
  assert(
    isLocked || s.pin[entry] === self || desc.swap_refs === 0,
    'the backing of an entry is changed by who does not own it',
    BackingOwned,
  )
}
