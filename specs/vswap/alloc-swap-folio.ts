/**
 * mm/memory.c: alloc_swap_folio(), with can_swapin_thp() in it (v6.14 with patches 10 and 15).
 *
 * There is one order that is tried, that of a folio of `nr` pages, whose PTEs are aligned in their table as their entries are; and folios of
 * one page. Left out: uffd, and memory.max.
 */
import { blocked, bool, call, known, nth, oneOf, ordinal, type Ref, ref, ret } from '../../checker/index.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { swap_zeromap_batch } from './check-backing.js'
import { folio_alloc } from './folio.js'
import { non_swapcache_batch } from './non-swapcache-batch.js'
import { pte_lockptr } from './page-table.js'
import { Entry, Folios, Nr, Pte, procedure, type State } from './state.js'
import { swap_move } from './swap-move.js'
import { starts_batch, swap_pte_batch } from './swap-pte-batch.js'

/** The first PTE of the aligned range of so many that this one is in. */
export function align_down(s: State, pte: Ref<'pte'>, nr: number): Ref<'pte'> {
  return nth(s.pte.ids, known(pte), -((ordinal(known(pte)) - 1) % nr))
}

/** alloc_swap_folio(vmf): a folio of `nr` pages where the PTEs of the range and what is behind them are alike, else of one page; 0 without memory. */
export const alloc_swap_folio = procedure(
  'alloc_swap_folio',
  {
    args: { pte: Pte, entry: Entry, isExclusive: bool, nr: Nr },
    locals: { ptep: ref(Pte), first: ref(Entry), batch: Nr, is_zeromap: oneOf('none', 'zero', 'part') },
    calls: [swap_move, swap_pte_batch, swap_zeromap_batch, non_swapcache_batch],
    returns: ref(Folios),
  },
  {
    /** if (!zswap_never_enabled()) goto fallback; orders = thp_swap_suitable_orders(swp_offset(entry), vmf->address, orders); */
    zswap_never_enabled(s, me) {
      const isSuitable = (ordinal(me.pte) - 1) % me.nr === ordinal(me.entry) % me.nr
      return s.zswap === 'off' && isSuitable ? 'pte_offset_map_lock' : 'fallback'
    },
    /** pte = pte_offset_map_lock(vmf->vma->vm_mm, vmf->pmd, vmf->address & PMD_MASK, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'pte_move_swp_offset' : blocked
    },
    /** can_swapin_thp(vmf, ptep, nr_pages): pte_move_swp_offset(vmf->orig_pte, -idx): swap_move(entry, delta) */
    pte_move_swp_offset(s, me) {
      me.ptep = align_down(s, me.pte, me.nr)
      return call(swap_move, { entry: me.entry, delta: ordinal(known(me.ptep)) - ordinal(me.pte) }, 'ptep_get', 'first')
    },
    /** pte = ptep_get(ptep); if (!pte_same(pte, …)) return false; if (swap_pte_batch(ptep, nr_pages, pte) != nr_pages) return false; */
    ptep_get(s, me) {
      if (!starts_batch(s, me.ptep, me.first, me.isExclusive)) return 'pte_unmap_unlock'
      const args = { start_ptep: known(me.ptep), max_nr: me.nr, entry: known(me.first), isExclusive: me.isExclusive }
      return call(swap_pte_batch, args, 'swap_zeromap_batch', 'batch')
    },
    /** if (unlikely(swap_zeromap_batch(entry, nr_pages, NULL) != nr_pages)) return false; */
    swap_zeromap_batch(_, me) {
      const { batch } = me
      me.batch = 0
      if (batch !== me.nr) return 'pte_unmap_unlock'
      return call(swap_zeromap_batch, { entry: known(me.first), nr: me.nr }, 'non_swapcache_batch', 'is_zeromap')
    },
    /** if (unlikely(non_swapcache_batch(entry, nr_pages) != nr_pages)) return false; return true; */
    non_swapcache_batch(_, me) {
      const { is_zeromap } = me
      me.is_zeromap = 'none'
      if (is_zeromap === 'part') return 'pte_unmap_unlock'
      return call(non_swapcache_batch, { entry: known(me.first), nr: me.nr }, 'pte_unmap_unlock', 'batch')
    },
    /** pte_unmap_unlock(pte, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return me.batch === me.nr ? 'vma_alloc_folio' : 'fallback'
    },
    /** folio = vma_alloc_folio(gfp, order, vma, addr); if (folio) { … return folio; } */
    vma_alloc_folio(s, me) {
      const folio = folio_alloc(s, me.nr)
      return folio === 0 ? 'fallback' : ret(folio)
    },
    /** fallback: return __alloc_swap_folio(vmf); */
    fallback(s) {
      return ret(folio_alloc(s))
    },
  },
)
