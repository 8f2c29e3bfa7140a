/** mm/shmem.c: shmem_set_folio_swapin_error() (v6.14). */
import { blocked, bool, call, ret } from '../../checker/index.js'
import { spin_is_locked } from '../kernel/spinlock.js'
import { folio_nr_pages, held, swap_nth } from './folio.js'
import { canonical, nr_slots, xa_lock } from './multi-index.js'
import { shmem_confirm_swap } from './shmem-mapping.js'
import { Entry, Folios, guard, Pte, procedure } from './state.js'
import { swap_free_nr } from './swap-refs.js'
import { delete_from_swap_cache } from './swap-state.js'

/** The page is lost: a poisoned entry takes the place of the one in the mapping. The caller holds the folio lock. */
export const shmem_set_folio_swapin_error = procedure(
  'shmem_set_folio_swapin_error',
  {
    args: { index: Pte, folio: Folios, swap: Entry, skip_swapcache: bool },
    calls: [delete_from_swap_cache, swap_free_nr],
  },
  {
    /**
     * old = xa_cmpxchg_irq(&mapping->i_pages, index, swp_to_radix_entry(swap), swp_to_radix_entry(swapin_error), 0); if (old != …) return; Not in the
     * RFC: the same where the entry is not of as many slots as the folio has pages
     */
    xa_cmpxchg_irq(s, me) {
      if (spin_is_locked(xa_lock(s, me.index))) return blocked
      const page = s.pte[canonical(s, me.index)]
      if (!shmem_confirm_swap(page, me.swap) && guard('xa_cmpxchg_irq in shmem_set_folio_swapin_error')) return ret()
      const isSplit = nr_slots(s, me.index) < folio_nr_pages(s, me.folio)
      if (isSplit && guard('poison the whole range of a folio that was not read')) return ret()
      for (let n = nr_slots(s, me.index) - 1; n >= 0; n--) s.in_flight[swap_nth(s, me.swap, n)] += 1
      page.kind = 'poisoned'
      page.entry = 0
      return 'folio_wait_writeback'
    },
    /** folio_wait_writeback(folio); if (!skip_swapcache) delete_from_swap_cache(folio); */
    folio_wait_writeback(s, me) {
      if (held(s, me.folio).writeback) return blocked
      return me.skip_swapcache ? 'swap_free_nr' : call(delete_from_swap_cache, { folio: me.folio }, 'swap_free_nr')
    },
    /** swap_free_nr(swap, nr_pages); void: its answer is not looked at */
    swap_free_nr(s, me) {
      return call(swap_free_nr, { entry: me.swap, nr: folio_nr_pages(s, me.folio) }, 'done')
    },
    done() {
      return ret()
    },
  },
)
