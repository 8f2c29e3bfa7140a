/** mm/memory.c: the unmapping of one PTE by its owner, zap_pte_range(). */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_put, held, page_folio } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Folios, Pte, procedure } from './state.js'

export const zap_pte_range = procedure(
  'zap_pte_range',
  { args: { pte: Pte }, locals: { folio: ref(Folios) }, calls: [free_swap_and_cache_nr, free_swap_cache] },
  {
    /** start_pte = pte_offset_map_lock(mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'zap' : blocked
    },
    /**
     * if (pte_present(ptent)) zap_present_ptes(): clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); folio_remove_rmap_ptes(folio, page, nr, vma); else
     * zap_nonpresent_ptes(): free_swap_and_cache_nr(entry, nr)
     */
    zap(s, me) {
      const pte = s.pte[me.pte]
      if (pte.entry !== 0) return call(free_swap_and_cache_nr, { entry: pte.entry }, 'clear_not_present_full_ptes')
      if (pte.folio !== 0) {
        me.folio = page_folio(s, pte.folio)
        clear_pte(pte)
        held(s, me.folio)._mapcount -= 1
      }
      return 'pte_unmap_unlock'
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      const pte = s.pte[me.pte]
      s.in_flight[known(pte.entry)] += 1
      clear_pte(pte)
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(start_pte, ptl); … tlb_finish_mmu(): free_swap_cache(folio); */
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      return me.folio === 0 ? ret() : call(free_swap_cache, { folio: known(me.folio) }, 'folios_put_refs')
    },
    /** folios_put_refs(&folios, refs); */
    folios_put_refs(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
