/** The unmapping of one PTE by its owner. */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Folios, Index, Pte, procedure } from './state.js'
import { swap_free } from './swap-free.js'

export const zap_pte_range = procedure(
  'zap_pte_range',
  {
    args: { pte: Pte },
    locals: { index: ref(Index), folio: ref(Folios), last: bool },
    calls: [swap_free, free_swap_cache],
  },
  {
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'zap' : blocked
    },
    /** if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes(); else swap_free(index); */
    zap(s, me) {
      const { kind, index } = s.pte[me.pte]
      if (kind !== 'swap') return kind === 'present' ? 'zap_present_ptes' : 'pte_unmap_unlock'
      me.index = index
      return call(swap_free, { index: known(index) }, 'clear_not_present_full_ptes', 'last')
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      s.in_flight[known(me.index)] += 1
      Object.assign(s.pte[me.pte], { kind: 'none', index: 0, stored: 0 })
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
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      if (me.folio !== 0) return 'folio_test_swapcache'
      return me.last ? 'radix_tree_lookup' : ret()
    },
    /** The last one is gone, and the page is in the tree: folio = radix_tree_lookup(&swapper_space, index); */
    radix_tree_lookup(s, me) {
      me.folio = s.swapper_space[known(me.index)].folio
      return me.folio === 0 ? ret() : 'folio_try_get'
    },
    /** if (!folio_try_get(folio)) return; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'recheck' : ret()
    },
    /** if (folio == xas_reload(&xas)) free_swap_cache(folio); */
    recheck(s, me) {
      const isSame = s.swapper_space[known(me.index)].folio === me.folio
      return isSame ? call(free_swap_cache, { folio: known(me.folio) }, 'folio_put') : 'folio_put'
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
