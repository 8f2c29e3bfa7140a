/** mm/rmap.c: try_to_unmap() of an anonymous folio in the swap cache (v6.14 with patch 10). The caller holds the folio lock. */
import { assert, blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { first_of_rmap_walk, next_of_rmap_walk } from './anon-rmap.js'
import { folio_put, held, page_folio, page_swap_entry } from './folio.js'
import { begin_lazyfree_check, lazyfree_check, lazyfree_check_goes_on } from './lazyfree.js'
import { next_of_table } from './page-table.js'
import { pte_lock, pte_unlock } from './page-table-lock.js'
import { Folios, guard, Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-refs.js'
import { WarnNever } from './warn-never.js'

/** The walk over the PTEs of the anon_vma, which is held for reading; each PTE is looked at under its page table lock. */
export const try_to_unmap = procedure(
  'try_to_unmap',
  {
    args: { folio: Folios },
    locals: { pte: ref(Pte), subpage: ref(Folios), anon_exclusive: bool, ...lazyfree_check },
    calls: [swap_duplicate],
  },
  {
    /** rmap_walk(folio, &rwc): the first virtual address */
    rmap_walk(s, me) {
      me.pte = first_of_rmap_walk(s, held(s, me.folio))
      return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
    },
    /** while (page_vma_mapped_walk(&pvmw)): takes the page table lock where the PTE maps the folio */
    page_vma_mapped_walk(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.kind !== 'present' || page_folio(s, pte.folio) !== me.folio) return 'next'
      return pte_lock(s, known(me.pte), me.self, 'page table lock in try_to_unmap') ? 'check_pte' : blocked
    },
    /** check_pte(pvmw): under the page table lock */
    check_pte(s, me) {
      const pte = s.pte[known(me.pte)]
      if (pte.kind === 'present' && page_folio(s, pte.folio) === me.folio) return 'swap_duplicate'
      if (next_of_table(s, me)) return 'check_pte'
      pte_unlock(s, known(me.pte), me.self, 'page table lock in try_to_unmap')
      return 'next'
    },
    /**
     * pteval = ptep_clear_flush(vma, address, pvmw.pte); if (pte_dirty(pteval)) folio_mark_dirty(folio); … swp_entry_t entry =
     * page_swap_entry(subpage); if (unlikely(folio_test_swapbacked(folio) != folio_test_swapcache(folio))) { WARN_ON_ONCE(1); …; } if
     * (!folio_test_swapbacked(folio)) …; if (swap_duplicate(entry) < 0)
     */
    swap_duplicate(s, me) {
      const pte = s.pte[known(me.pte)]
      const folio = held(s, me.folio)
      const isLazyfree = s.lazyfree[me.folio]
      assert(isLazyfree !== folio.swapcache, 'WARN_ON_ONCE(folio_test_swapbacked(folio) != folio_test_swapcache(folio))', WarnNever)
      const isSeen = !isLazyfree || guard('look at the dirty bit of the PTE before a page is given up')
      if (pte.dirty && isSeen) folio.dirty = true
      if (isLazyfree) begin_lazyfree_check(me, pte)
      const subpage = known(pte.folio)
      me.subpage = subpage
      me.anon_exclusive = s.folio[subpage].anon_exclusive
      pte.kind = 'none'
      pte.dirty = false
      pte.writable = false
      pte.folio = 0
      return isLazyfree ? 'set_pte_at' : call(swap_duplicate, { entry: page_swap_entry(s, subpage) }, 'set_pte_at')
    },
    /**
     * folio_try_share_anon_rmap_pte(…); if (anon_exclusive) swp_pte = pte_swp_mkexclusive(swp_pte); set_pte_at(mm, address,
     * pvmw.pte, swp_pte); or the MADV_FREE page check, an access at a time
     */
    set_pte_at(s, me) {
      if (me.lazyfree !== 'none') {
        if (lazyfree_check_goes_on(s, me)) return 'set_pte_at'
        return me.walk_abort ? 'unlock' : 'folio_remove_rmap_pte'
      }
      const pte = s.pte[known(me.pte)]
      const subpage = known(me.subpage)
      const entry = page_swap_entry(s, subpage)
      s.in_flight[entry] -= 1
      pte.kind = 'swap'
      pte.entry = entry
      pte.exclusive = me.anon_exclusive
      s.folio[subpage].anon_exclusive = false
      me.anon_exclusive = false
      me.subpage = 0
      return 'folio_remove_rmap_pte'
    },
    /** folio_remove_rmap_pte(folio, subpage, vma); */
    folio_remove_rmap_pte(s, me) {
      held(s, me.folio)._mapcount -= 1
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return 'unlock'
    },
    /** page_vma_mapped_walk(): the lock is held for the other PTEs of the table, and then spin_unlock(pvmw->ptl) */
    unlock(s, me) {
      if (!me.walk_abort && next_of_table(s, me)) return 'check_pte'
      pte_unlock(s, known(me.pte), me.self, 'page table lock in try_to_unmap')
      return me.walk_abort ? ret() : 'next'
    },
    next(s, me) {
      me.pte = next_of_rmap_walk(s, known(me.pte))
      return me.pte === 0 ? ret() : 'page_vma_mapped_walk'
    },
  },
)
