/** A page that is in the tree for nobody is taken out of it. */
import { blocked, bool, call, type Id, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_put, held } from './folio.js'
import { Folios, guard, procedure, Slot, type State } from './state.js'
import { lock_counts, swap_count, unlock_counts } from './swap-count.js'
import { swap_slot_free } from './swap-slot.js'

/** By the holder of the folio lock: false where page table entries hold its index. The tree's reference goes with it. */
export const delete_from_swap_cache = procedure(
  'delete_from_swap_cache',
  { args: { folio: Folios }, locals: { slot: ref(Slot), swapped: bool }, returns: bool },
  {
    /** spin_lock(&counts_lock); swapped = count > 0; in one tree, this and the next are under one tree_lock */
    swapped(s, me) {
      if (!lock_counts(s, me.self)) return blocked
      me.swapped = swap_count(s, known(held(s, me.folio).index)) > 0
      if (!guard('hold the lock of the counts until the tree is changed')) unlock_counts(s, me.self)
      return s.counts_in === 'swap_counts' ? 'radix_tree_delete' : deleted(s, me)
    },
    /** if (!swapped) radix_tree_delete(&swapper_space, index); spin_unlock(&tree_lock); spin_unlock(&counts_lock); */
    radix_tree_delete(s, me) {
      const next = deleted(s, me)
      unlock_counts(s, me.self)
      return next
    },
    swap_slot_free(s, me) {
      swap_slot_free(s, me.slot)
      return 'folio_put'
    },
    /** folio_set_dirty(folio); folio_put(folio): the tree's */
    folio_put(s, me) {
      held(s, me.folio).dirty = true
      folio_put(s, me.folio)
      return ret(true)
    },
  },
)

function deleted(s: State, me: { folio: Id<'folio'>; slot: Slots; swapped: boolean }) {
  const folio = held(s, me.folio)
  if (me.swapped) return ret(false)
  Object.assign(s.swapper_space[known(folio.index)], { is: 'nothing', folio: 0 })
  me.slot = folio.slot
  Object.assign(folio, { swapcache: false, index: 0, slot: 0 })
  return me.slot === 0 ? 'folio_put' : 'swap_slot_free'
}

type Slots = State['folio'][Id<'folio'>]['slot']

/** free_swap_cache(folio), with a reference of the caller: tries, as somebody else may have the lock, and will look at the count later. */
export const free_swap_cache = procedure(
  'free_swap_cache',
  { args: { folio: Folios }, locals: { deleted: bool }, calls: [delete_from_swap_cache] },
  {
    /** if (folio_trylock(folio)) { */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_swapcache' : ret()
    },
    /** if (folio_test_swapcache(folio)) delete_from_swap_cache(folio); */
    folio_test_swapcache(s, me) {
      return held(s, me.folio).swapcache ? call(delete_from_swap_cache, { folio: me.folio }, 'folio_unlock', 'deleted') : 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)
