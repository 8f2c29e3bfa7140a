/** mm/memory.c: zap_pte_range() of PTEs in a row (v6.14 with patches 10 and 15). Their table is locked from the first to the last. */
import { blocked, call, known, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_put, held, page_folio } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { free_swap_cache } from './free-swap-cache.js'
import { pte_lockptr, pte_nth } from './page-table.js'
import { Folios, Nr, Pte, procedure } from './state.js'
import { swap_pte_batch } from './swap-pte-batch.js'

/** Of `end` PTEs from `pte` on; no more than two of them map a page. */
export const thp_zap_pte_range = procedure(
  'zap_pte_range',
  {
    args: { pte: Pte, end: Nr },
    locals: { n: Nr, nr: Nr, folio: ref(Folios), folio2: ref(Folios) },
    calls: [swap_pte_batch, free_swap_and_cache_nr, free_swap_cache],
  },
  {
    /** start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'do_zap_pte_range' : blocked
    },
    /** do_zap_pte_range(): if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes() else zap_nonpresent_ptes(): nr = swap_pte_batch(pte, max_nr, ptent); a migration entry has no reference to give back */
    do_zap_pte_range(s, me) {
      if (me.n >= me.end) return 'pte_unmap_unlock'
      const at = known(pte_nth(s, me.pte, me.n))
      const { kind, entry, exclusive } = s.pte[at]
      if (kind === 'present') return 'zap_present_folio_ptes'
      if (kind === 'swap' && entry !== 0)
        return call(
          swap_pte_batch,
          { start_ptep: at, max_nr: me.end - me.n, entry, isExclusive: exclusive },
          'free_swap_and_cache_nr',
          'nr',
        )
      if (kind === 'migration') clear_pte(s.pte[at])
      me.n++
      return 'do_zap_pte_range'
    },
    /** free_swap_and_cache_nr(entry, nr); */
    free_swap_and_cache_nr(s, me) {
      const { entry } = s.pte[known(pte_nth(s, me.pte, me.n))]
      return call(free_swap_and_cache_nr, { entry: known(entry), nr: me.nr }, 'clear_not_present_full_ptes')
    },
    /** clear_not_present_full_ptes(vma->vm_mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      for (let n = 0; n < me.nr; n++) {
        const pte = s.pte[known(pte_nth(s, me.pte, me.n + n))]
        if (pte.entry !== 0) s.in_flight[pte.entry] += 1
        clear_pte(pte)
      }
      me.n += me.nr
      me.nr = 0
      return 'do_zap_pte_range'
    },
    /** clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); a page at a time; the PTE's reference is ours now */
    zap_present_folio_ptes(s, me) {
      const pte = s.pte[known(pte_nth(s, me.pte, me.n))]
      if (me.folio === 0) me.folio = page_folio(s, pte.folio)
      else me.folio2 = page_folio(s, pte.folio)
      clear_pte(pte)
      return 'folio_remove_rmap_ptes'
    },
    /** folio_remove_rmap_ptes(folio, page, nr, vma); */
    folio_remove_rmap_ptes(s, me) {
      held(s, me.folio2 === 0 ? me.folio : me.folio2)._mapcount -= 1
      me.n++
      return 'do_zap_pte_range'
    },
    /** pte_unmap_unlock(start_pte, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return me.folio === 0 ? ret() : 'free_swap_cache'
    },
    /** tlb_finish_mmu() … free_swap_cache(folio); */
    free_swap_cache(_, me) {
      return call(free_swap_cache, { folio: known(me.folio) }, 'folios_put_refs')
    },
    /** folios_put_refs(&folios, refs); of one folio after the other */
    folios_put_refs(s, me) {
      folio_put(s, me.folio)
      me.folio = me.folio2
      me.folio2 = 0
      return me.folio === 0 ? ret() : 'free_swap_cache'
    },
  },
)
