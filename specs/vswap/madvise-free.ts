/**
 * mm/madvise.c: madvise_free_pte_range() of one PTE, MADV_FREE: its owner lets the page go, unless it is written to again (v6.14 with patch 10).
 *
 * Left out: large folios, and a fork of a page that may go.
 */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { folio_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { clear_pte } from './clear-pte.js'
import { folio_put, held } from './folio.js'
import { free_swap_and_cache_nr } from './free-swap-and-cache.js'
import { pte_lockptr } from './page-table.js'
import { Folios, guard, Pte, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

export const madvise_free_pte_range = procedure(
  'madvise_free_pte_range',
  { args: { pte: Pte }, locals: { folio: ref(Folios), isFreed: bool }, calls: [free_swap_and_cache_nr, folio_free_swap] },
  {
    /** start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl); */
    pte_offset_map_lock(s, me) {
      return spin_lock(pte_lockptr(s, me.pte), me.self) ? 'ptep_get' : blocked
    },
    /** ptent = ptep_get(pte); if (pte_none(ptent)) continue; if (!pte_present(ptent)) { free_swap_and_cache_nr(entry, nr); of a swap entry */
    ptep_get(s, me) {
      const { kind, entry, folio } = s.pte[me.pte]
      if (kind === 'swap' && entry !== 0) return call(free_swap_and_cache_nr, { entry, nr: 1 }, 'clear_not_present_full_ptes')
      if (kind !== 'present') return 'pte_unmap_unlock'
      me.folio = folio
      return 'folio_test_swapcache'
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); continue; } under the page table lock */
    clear_not_present_full_ptes(s, me) {
      const pte = s.pte[me.pte]
      if (pte.entry !== 0) s.in_flight[pte.entry] += 1
      clear_pte(pte)
      return 'pte_unmap_unlock'
    },
    /** if (folio_test_swapcache(folio) */
    folio_test_swapcache(s, me) {
      return held(s, me.folio).swapcache ? 'folio_trylock' : 'folio_test_dirty'
    },
    /** || folio_test_dirty(folio)) { */
    folio_test_dirty(s, me) {
      return held(s, me.folio).dirty ? 'folio_trylock' : 'clear_young_dirty_ptes'
    },
    /** if (!folio_trylock(folio)) continue; */
    folio_trylock(s, me) {
      if (folio_trylock(held(s, me.folio), me.self)) return 'folio_mapcount'
      me.folio = 0
      return 'pte_unmap_unlock'
    },
    /** if (folio_mapcount(folio) != folio_nr_pages(folio)) …; if (folio_test_swapcache(folio) && !folio_free_swap(folio)) */
    folio_mapcount(s, me) {
      const folio = held(s, me.folio)
      if (folio._mapcount !== 1 && guard('look whether the folio is mapped once before it may be given up')) return 'folio_unlock'
      me.isFreed = !folio.swapcache || !guard('free the swap of a folio before it may be given up')
      return me.isFreed ? 'folio_clear_dirty' : call(folio_free_swap, { folio: known(me.folio) }, 'folio_clear_dirty', 'isFreed')
    },
    /** { folio_unlock(folio); continue; } folio_clear_dirty(folio); */
    folio_clear_dirty(s, me) {
      if (me.isFreed) held(s, me.folio).dirty = false
      return 'folio_unlock'
    },
    /** folio_unlock(folio); } */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      if (me.isFreed) return 'clear_young_dirty_ptes'
      me.folio = 0
      return 'pte_unmap_unlock'
    },
    /** if (pte_young(ptent) || pte_dirty(ptent)) { clear_young_dirty_ptes(vma, addr, pte, nr, cydp_flags); … }: a store that comes later makes it dirty again */
    clear_young_dirty_ptes(s, me) {
      me.isFreed = false
      s.pte[me.pte].dirty = false
      s.may_go[me.pte] = s.pte[me.pte].stored
      return 'folio_mark_lazyfree'
    },
    /** folio_mark_lazyfree(folio): if (!folio_test_anon(folio) || !folio_test_swapbacked(folio) || folio_test_swapcache(folio) || …) return; */
    folio_mark_lazyfree(s, me) {
      if (held(s, me.folio).anon && !s.lazyfree[known(me.folio)] && !held(s, me.folio).swapcache) return 'folio_test_clear_lru'
      me.folio = 0
      return 'pte_unmap_unlock'
    },
    /** folio_batch_add_and_move(folio, lru_lazyfree, true): if (on_lru && !folio_test_clear_lru(folio)) return; */
    folio_test_clear_lru(s, me) {
      const folio = held(s, me.folio)
      const isOnList = folio.lru || !guard('take the folio off the LRU list before it may be given up')
      if (isOnList) {
        if (guard('take the folio off the LRU list before it may be given up')) folio.lru = false
        return 'folio_get'
      }
      me.folio = 0
      return 'pte_unmap_unlock'
    },
    /** folio_get(folio); */
    folio_get(s, me) {
      folio_get(held(s, me.folio))
      return 'pte_unmap_unlock'
    },
    /** pte_unmap_unlock(start_pte, ptl); */
    pte_unmap_unlock(s, me) {
      spin_unlock(pte_lockptr(s, me.pte), me.self)
      return me.folio === 0 ? ret() : 'lru_lazyfree'
    },
    /**
     * lru_lazyfree(lruvec, folio): the same tests again, under the lru lock; folio_clear_swapbacked(folio); … folio_set_lru(folio); when the batch is
     * full or drained, which is some time later
     */
    lru_lazyfree(s, me) {
      const folio = held(s, me.folio)
      if (folio.anon && !folio.swapcache) s.lazyfree[known(me.folio)] = true
      if (guard('take the folio off the LRU list before it may be given up')) folio.lru = true
      return 'folios_put'
    },
    /** folios_put(fbatch); */
    folios_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
