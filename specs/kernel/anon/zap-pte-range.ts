/** The unmapping of one PTE by its owner. */
import { blocked, bool, call, known, ref, ret, tail } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../spinlock.js'
import { Entry, Folios, Pte, procedure } from './fields.js'
import { folio_put, held } from './folio.js'
import type { FreeSwapCache, SwapFree, TryToReclaimSwap } from './swap.js'

/** zap_pte_range(), of one PTE. The folio whose last entry it has dropped is tried for by `try_to_reclaim_swap`. */
export const zapPteRange = (swap_free: SwapFree, free_swap_cache: FreeSwapCache, try_to_reclaim_swap: TryToReclaimSwap) =>
  procedure(
    'zap_pte_range',
    {
      args: { pte: Pte },
      locals: { entry: ref(Entry), folio: ref(Folios), last: bool },
      calls: [swap_free, free_swap_cache, try_to_reclaim_swap],
    },
    {
      pte_offset_map_lock(s, me) {
        return spin_lock(s.pte[me.pte].ptl, me.self) ? 'zap' : blocked
      },
      /** if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes(); else swap_free(entry); */
      zap(s, me) {
        const { kind, entry } = s.pte[me.pte]
        if (kind !== 'swap') return kind === 'present' ? 'zap_present_ptes' : 'pte_unmap_unlock'
        me.entry = entry
        return call(swap_free, { entry: known(entry) }, 'clear_not_present_full_ptes', 'last')
      },
      /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
      clear_not_present_full_ptes(s, me) {
        s.in_flight[known(me.entry)] += 1
        Object.assign(s.pte[me.pte], { kind: 'none', entry: 0, stored: 0 })
        return 'pte_unmap_unlock'
      },
      /** clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); the PTE's reference is ours now */
      zap_present_ptes(s, me) {
        me.folio = s.pte[me.pte].folio
        Object.assign(s.pte[me.pte], { kind: 'none', folio: 0, writable: false, dirty: false, stored: 0 })
        return 'folio_remove_rmap_ptes'
      },
      folio_remove_rmap_ptes(s, me) {
        held(s, me.folio)._mapcount -= 1
        return 'pte_unmap_unlock'
      },
      /** pte_unmap_unlock(…); if (last) __try_to_reclaim_swap(entry); */
      pte_unmap_unlock(s, me) {
        spin_unlock(s.pte[me.pte].ptl, me.self)
        if (me.folio !== 0) return 'folio_test_swapcache'
        return me.last ? tail(try_to_reclaim_swap, { entry: known(me.entry) }) : ret()
      },
      /** if (folio_test_swapcache(folio) && !folio_mapped(folio)) free_swap_cache(folio); */
      folio_test_swapcache(s, me) {
        const { swapcache, _mapcount } = held(s, me.folio)
        return swapcache && _mapcount === 0 ? call(free_swap_cache, { folio: known(me.folio) }, 'folio_put') : 'folio_put'
      },
      folio_put(s, me) {
        folio_put(s, me.folio)
        return ret()
      },
    },
  )
