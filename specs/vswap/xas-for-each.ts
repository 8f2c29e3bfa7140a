/**
 * include/linux/xarray.h: the walk over the descriptors of a range of virtual slots, under RCU (patch 10).
 *
 * One slot of vswap_map is read per step, and a slot without a descriptor is passed over: the body runs for what is there, so that a
 * count of its turns is not the offset into the range. rcu_read_lock() is in the step of the first load; a section that is shorter only
 * lets memory be freed earlier.
 */
import type { Id, Ref } from '../../checker/index.js'
import { ref } from '../../checker/index.js'
import { rcu_read_lock } from '../kernel/rcu.js'
import { xa_load } from '../kernel/xarray.js'
import { swap_nth } from './folio.js'
import { Desc, Nr, type State } from './state.js'

/** The locals of a procedure that walks: the descriptor that was found, and how far the walk is. */
export const walk = { desc: ref(Desc), offset: Nr }

interface Walk {
  readonly self: Id<'thread'>
  readonly entry: Id<'entry'>
  readonly nr: number
  desc: Ref<'desc'>
  offset: number
}

/** XA_STATE(xas, &vswap_map, entry.val); xas_for_each(&xas, desc, entry.val + nr - 1): the next slot; true where a descriptor is in it. */
export function xas_for_each(s: State, me: Walk): boolean {
  if (me.offset === 0) rcu_read_lock(s.rcu, me.self)
  me.desc = xa_load(s.vswap_map, swap_nth(s, me.entry, me.offset))
  me.offset++
  return me.desc !== 0
}

/** xas.xa_index, the slot of `desc`. */
export function xa_index(s: State, me: Walk): Id<'entry'> {
  return swap_nth(s, me.entry, me.offset - 1)
}

/** Is there a slot in the range that was not read? */
export function xas_has_next(me: Walk): boolean {
  return me.offset < me.nr
}
