/** The unmapping of one PTE by its owner. */
import { blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_get } from '../kernel/folio-ref.js'
import { live } from '../kernel/memory.js'
import { rcu_read_lock, rcu_read_unlock } from '../kernel/rcu.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Desc, Folios, Pte, procedure, SwapId } from './state.js'
import { swap_free } from './swap-count.js'

export const zap_pte_range = procedure(
  'zap_pte_range',
  {
    args: { pte: Pte },
    locals: { id: ref(SwapId), desc: ref(Desc), folio: ref(Folios), last: bool },
    calls: [swap_free, free_swap_cache],
  },
  {
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'zap' : blocked
    },
    /** if (pte_none(ptent)) …; if (pte_present(ptent)) zap_present_ptes(); else swap_free(id); */
    zap(s, me) {
      const { kind, id } = s.pte[me.pte]
      if (kind !== 'swap') return kind === 'present' ? 'zap_present_ptes' : 'pte_unmap_unlock'
      me.id = id
      return call(swap_free, { id: known(id) }, 'clear_not_present_full_ptes', 'last')
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      s.in_flight[known(me.id)] += 1
      Object.assign(s.pte[me.pte], { kind: 'none', id: 0, stored: 0 })
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
      return me.last ? 'xa_load' : ret()
    },
    /** The last one is gone, and the folio is in the swap cache: rcu_read_lock(); desc = xa_load(&swap_descs, id); */
    xa_load(s, me) {
      me.desc = s.swap_descs[known(me.id)]
      if (me.desc === 0) return ret()
      rcu_read_lock(s.rcu, me.self)
      return 'lookup'
    },
    /** spin_lock(&desc->lock); folio = desc->folio; if (folio) folio_get(folio); spin_unlock(&desc->lock); rcu_read_unlock(); free_swap_cache(folio); */
    lookup(s, me) {
      const desc = live(s.desc, me.desc)
      me.folio = desc.folio
      rcu_read_unlock(s.rcu, me.self)
      if (me.folio === 0) return ret()
      folio_get(held(s, me.folio))
      return call(free_swap_cache, { folio: known(me.folio) }, 'folio_put')
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
