/** mm/memory.c, mm/swap_state.c: the unmapping of one PTE by its owner, zap_pte_range() (v6.14 with patch 10). */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { clear_pte } from './clear-pte.js'
import { folio_put, held, page_folio } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { pte_lock, pte_unlock } from './page-table-lock.js'
import { Folios, guard, Pte, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

export const zap_pte_range = procedure(
  'zap_pte_range',
  { args: { pte: Pte }, locals: { folio: ref(Folios) }, calls: [free_swap_and_cache_nr, folio_free_swap] },
  {
    /** start_pte = pte_offset_map_lock(mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return pte_lock(s, me.pte, me.self, 'page table lock in zap_pte_range') ? 'zap' : blocked
    },
    /** if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes() else zap_nonpresent_ptes(): free_swap_and_cache_nr(entry, nr); a migration entry has no reference to give back */
    zap(s, me) {
      const pte = s.pte[me.pte]
      if (pte.kind === 'swap' && pte.entry !== 0)
        return call(free_swap_and_cache_nr, { entry: pte.entry, nr: 1 }, 'clear_not_present_full_ptes')
      if (pte.kind === 'migration') clear_pte(pte)
      return pte.kind === 'present' ? 'zap_present_folio_ptes' : 'pte_unmap_unlock'
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      const pte = s.pte[me.pte]
      if (pte.entry !== 0) s.in_flight[pte.entry] += 1
      clear_pte(pte)
      return 'pte_unmap_unlock'
    },
    /** clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); of an anonymous folio the dirty bit is dropped; the PTE's reference is ours now */
    zap_present_folio_ptes(s, me) {
      const pte = s.pte[me.pte]
      me.folio = page_folio(s, pte.folio)
      clear_pte(pte)
      return 'folio_remove_rmap_ptes'
    },
    /** folio_remove_rmap_ptes(folio, page, nr, vma); */
    folio_remove_rmap_ptes(s, me) {
      held(s, me.folio)._mapcount -= 1
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(start_pte, ptl); */
    pte_unmap_unlock(s, me) {
      pte_unlock(s, me.pte, me.self, 'page table lock in zap_pte_range')
      return me.folio === 0 ? ret() : 'free_swap_cache'
    },
    /** tlb_finish_mmu() … free_swap_cache(folio): if (folio_test_swapcache(folio) */
    free_swap_cache(s, me) {
      return held(s, me.folio).swapcache ? 'folio_mapped' : 'folios_put_refs'
    },
    /** && !folio_mapped(folio) */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount === 0 ? 'folio_trylock' : 'folios_put_refs'
    },
    /** && folio_trylock(folio)) { */
    folio_trylock(s, me) {
      if (!guard('lock the folio in free_swap_cache')) return 'folio_free_swap'
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_free_swap' : 'folios_put_refs'
    },
    /** folio_free_swap(folio); */
    folio_free_swap(_, me) {
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_unlock')
    },
    /** folio_unlock(folio); } */
    folio_unlock(s, me) {
      if (guard('lock the folio in free_swap_cache')) folio_unlock(held(s, me.folio), me.self)
      return 'folios_put_refs'
    },
    /** folios_put_refs(&folios, refs); */
    folios_put_refs(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
