/** mm/rmap.c: try_to_unmap() of an anonymous folio in the swap cache. The caller holds the folio lock. */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { is_in_rmap } from './anon-rmap.js'
import { folio_put, held, page_folio, page_swap_entry } from './folio.js'
import { Folios, Pte, procedure } from './state.js'
import { swap_duplicate } from './swap-duplicate.js'

/** The walk over the PTEs of the anon_vma, which is held for reading; each PTE is looked at under its page table lock. */
export const try_to_unmap = procedure(
  'try_to_unmap',
  { args: { folio: Folios }, locals: { pte: ref(Pte), subpage: ref(Folios), anon_exclusive: bool }, calls: [swap_duplicate] },
  {
    /** rmap_walk(folio, &rwc); while (page_vma_mapped_walk(&pvmw)): to the next PTE that maps the folio; those that do not are passed in one step: while the folio is locked nobody but a fork maps it */
    page_vma_mapped_walk(s, me) {
      me.pte =
        s.pte.ids.find((id) => id > me.pte && page_folio(s, s.pte[id].folio) === me.folio && is_in_rmap(s, held(s, me.folio), id)) ?? 0
      return me.pte === 0 ? ret() : 'check_pte'
    },
    /** pvmw->pte = pte_offset_map_lock(…); if (!check_pte(pvmw)) not_found(pvmw); under the page table lock */
    check_pte(s, me) {
      const pte = s.pte[known(me.pte)]
      if (!spin_lock(pte.ptl, me.self)) return blocked
      return page_folio(s, pte.folio) === me.folio ? 'swap_duplicate' : 'unlock'
    },
    /**
     * pteval = ptep_clear_flush(vma, address, pvmw.pte); if (pte_dirty(pteval)) folio_mark_dirty(folio); … swp_entry_t entry =
     * page_swap_entry(subpage); if (swap_duplicate(entry) < 0)
     */
    swap_duplicate(s, me) {
      const pte = s.pte[known(me.pte)]
      const folio = held(s, me.folio)
      if (pte.dirty) folio.dirty = true
      const subpage = known(pte.folio)
      me.subpage = subpage
      me.anon_exclusive = s.folio[subpage].anon_exclusive
      pte.kind = 'none'
      pte.dirty = false
      pte.writable = false
      pte.folio = 0
      return call(swap_duplicate, { entry: page_swap_entry(s, subpage) }, 'set_pte_at')
    },
    /** folio_try_share_anon_rmap_pte(…); if (anon_exclusive) swp_pte = pte_swp_mkexclusive(swp_pte); set_pte_at(mm, address, pvmw.pte, swp_pte); */
    set_pte_at(s, me) {
      const pte = s.pte[known(me.pte)]
      const subpage = known(me.subpage)
      const entry = page_swap_entry(s, subpage)
      s.in_flight[entry] -= 1
      pte.kind = 'swap'
      pte.entry = entry
      pte.exclusive = me.anon_exclusive && !s.no_pte_swp_exclusive
      s.folio[subpage].anon_exclusive = false
      me.anon_exclusive = false
      me.subpage = 0
      return 'folio_remove_rmap_pte'
    },
    /** folio_remove_rmap_pte(folio, subpage, vma); folio_put(folio); by the holder of the folio lock, which pins the folio */
    folio_remove_rmap_pte(s, me) {
      held(s, me.folio)._mapcount -= 1
      folio_put(s, me.folio)
      return 'unlock'
    },
    /** spin_unlock(pvmw->ptl) */
    unlock(s, me) {
      spin_unlock(s.pte[known(me.pte)].ptl, me.self)
      return 'page_vma_mapped_walk'
    },
  },
)
