/** A page that is in the tree for nobody is taken out of it. */
import { blocked, bool, type Id, known, ref, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { freeSwapCache } from '../kernel/anon/free-swap-cache.js'
import { guard, procedure, Slot, type State } from './state.js'
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
      me.swapped = swap_count(s, known(held(s, me.folio).entry)) > 0
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
  Object.assign(s.swapper_space[known(folio.entry)], { is: 'nothing', folio: 0 })
  me.slot = folio.slot
  Object.assign(folio, { swapcache: false, entry: 0, slot: 0 })
  return me.slot === 0 ? 'folio_put' : 'swap_slot_free'
}

type Slots = State['folio'][Id<'folio'>]['slot']

export const free_swap_cache = freeSwapCache(delete_from_swap_cache)
