/**
 * mm/shmem.c: fallocate(FALLOC_FL_PUNCH_HOLE) of one page of a file, as far as the first pass of shmem_undo_range() comes, with shmem_free_swap() in it
 * (v6.14 with patch 10).
 *
 * Left out: a page that is in memory, or part of a large entry. The second pass brings that in, splits it, and cuts it.
 */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { nr_slots, xa_lock } from './multi-index.js'
import { shmem_confirm_swap } from './shmem-mapping.js'
import { Entry, Pte, procedure } from './state.js'

export const shmem_punch_hole = procedure(
  'shmem_punch_hole',
  { args: { index: Pte }, locals: { radswap: ref(Entry) }, calls: [free_swap_and_cache_nr] },
  {
    /**
     * find_lock_entries(mapping, &index, end - 1, &fbatch, indices): folio = xas_find(xas, max); nr = 1 << xas_get_order(&xas); base = xas.xa_index & ~(nr
     * - 1); if (base < *start) continue; an entry that begins before the page is a sibling there
     */
    find_lock_entries(s, me) {
      const page = s.pte[me.index]
      if (page.kind !== 'swap') return ret()
      me.radswap = page.entry
      return 'xa_cmpxchg_irq'
    },
    /** shmem_free_swap(): old = xa_cmpxchg_irq(&mapping->i_pages, index, radswap, NULL, 0); if (old != radswap) return 0; */
    xa_cmpxchg_irq(s, me) {
      if (spin_is_locked(xa_lock(s, me.index))) return blocked
      const page = s.pte[me.index]
      if (!shmem_confirm_swap(page, me.radswap) || nr_slots(s, me.index) > 1) return ret()
      clear_pte(page)
      s.in_flight[known(me.radswap)] += 1
      return 'free_swap_and_cache_nr'
    },
    /** free_swap_and_cache_nr(radix_to_swp_entry(radswap), 1 << order); */
    free_swap_and_cache_nr(_, me) {
      return call(free_swap_and_cache_nr, { entry: known(me.radswap), nr: 1 }, 'done')
    },
    done() {
      return ret()
    },
  },
)
