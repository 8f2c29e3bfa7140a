/**
 * mm/shmem.c: shmem_split_large_entry() (v6.14 with patch 4): the value over several slots of a file becomes one for each slot.
 *
 * Left out: a lack of memory for the nodes of the xarray.
 */
import { blocked, bool, type Id, int, known, nth, ret } from '../../checker/index.js'
import { EEXIST } from '../kernel/errno.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_nr_pages, swap_nth } from './folio.js'
import { canonical, nr_slots, round_down, swap_entry_of, xa_lock } from './multi-index.js'
import { shmem_confirm_swap } from './shmem-mapping.js'
import { Entry, guard, Nr, Pte, procedure, type State } from './state.js'

/** How many slots the entry had that was split; 0 where it had one, and -EEXIST where the slot holds another value. */
export const shmem_split_large_entry = procedure(
  'shmem_split_large_entry',
  { args: { index: Pte, swap: Entry }, locals: { alloced: bool, nr: Nr, i: Nr }, returns: int(-EEXIST, 4) },
  {
    /**
     * xas_lock_irq(&xas); old = xas_load(&xas); if (!xa_is_value(old) || swp_to_radix_entry(swap) != old) { xas_set_err(&xas, -EEXIST); goto
     * unlock; } order = xas_get_order(&xas); if (order > 0) { if (!alloced_order) { split_order = order; goto unlock; } … unlock:
     * xas_unlock_irq(&xas); if (split_order) { xas_split_alloc(&xas, old, split_order, gfp); continue; } Not in the RFC: -EEXIST as well where a large
     * folio is in the swap cache: reclaim, which puts it there, does so before the mapping holds the entry
     */
    xas_lock_irq(s, me) {
      if (spin_is_locked(xa_lock(s, me.index))) return blocked
      const isOther = !shmem_confirm_swap(s.pte[canonical(s, me.index)], me.swap)
      if (isOther && guard('look at the entry again before it is split')) return ret(-EEXIST)
      me.nr = nr_slots(s, me.index)
      if (me.nr === 1) return ret(0)
      const folio = s.swapper_space[me.swap]
      const isCached = folio !== 0 && folio_nr_pages(s, folio) > 1
      if (isCached && guard('split no entry whose large folio is in the swap cache')) return ret(-EEXIST)
      if (!me.alloced) {
        me.alloced = true
        return 'xas_lock_irq'
      }
      if (guard('keep xa_lock while a large entry is split')) spin_lock(xa_lock(s, me.index), me.self)
      me.i = me.nr - 1
      return 'xas_split'
    },
    /** xas_split(&xas, old, order): from the last slot to the first: node->slots[offset] = entry; whoever holds no lock sees each */
    xas_split(s, me) {
      store(s, slot(s, me, me.i), me.swap)
      me.i--
      return me.i > 0 ? 'xas_split' : '__xa_store'
    },
    /**
     * for (i = 0; i < 1 << order; i++) { … __xa_store(&mapping->i_pages, aligned_index + i, swp_to_radix_entry(swap_nth(swap, i)), 0); the first
     * stores what is there } … xas_unlock_irq(&xas); return alloced_order;
     */
    __xa_store(s, me) {
      me.i++
      store(s, slot(s, me, me.i), swap_nth(s, me.swap, me.i))
      if (me.i < me.nr - 1) return '__xa_store'
      if (guard('keep xa_lock while a large entry is split')) spin_unlock(xa_lock(s, me.index), me.self)
      return ret(me.nr)
    },
  },
)

function slot(s: State, { index, nr }: { readonly index: Id<'pte'>; readonly nr: number }, n: number): Id<'pte'> {
  return known(nth(s.pte.ids, round_down(s, index, nr), n))
}

function store(s: State, id: Id<'pte'>, entry: Id<'entry'>): void {
  const was = swap_entry_of(s, id)
  if (was !== 0) s.in_flight[was] += 1
  Object.assign(s.pte[id], { kind: 'swap', entry })
  s.in_flight[entry] -= 1
}
