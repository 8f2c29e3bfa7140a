/** The unmapping of one PTE by its owner, who goes. */
import { assert, blocked, bool, call, known, ref, ret } from '../../checker/index.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { find_object, NoLostPage } from './find-object.js'
import { folio_put, held } from './folio.js'
import { free_swap_cache } from './free-swap-cache.js'
import { Folios, Objects, Pte, procedure } from './state.js'
import { swap_free } from './swap-count.js'

const gone = { kind: 'none', folio: 0, writable: false, dirty: false, object: 0, swapped: 0, stored: 0 } as const

export const zap_pte_range = procedure(
  'zap_pte_range',
  {
    args: { pte: Pte },
    locals: { object: ref(Objects), folio: ref(Folios), last: bool },
    calls: [find_object, swap_free, free_swap_cache],
  },
  {
    pte_offset_map_lock(s, me) {
      return spin_lock(s.pte[me.pte].ptl, me.self) ? 'zap' : blocked
    },
    /** if (pte_present(ptent)) zap_present_ptes(); else object = find_object(vma, offset); */
    zap(s, me) {
      const { kind } = s.pte[me.pte]
      if (kind === 'swap') return call(find_object, { pte: me.pte }, 'swap_free', 'object')
      return kind === 'present' ? 'zap_present_ptes' : 'pte_unmap_unlock'
    },
    /** swap_free(object, offset); */
    swap_free(_, me) {
      assert(me.object !== 0, 'no object has the page', NoLostPage)
      return call(swap_free, { object: me.object }, 'clear_not_present_full_ptes', 'last')
    },
    /** clear_not_present_full_ptes(mm, addr, pte, nr, tlb->fullmm); under the page table lock */
    clear_not_present_full_ptes(s, me) {
      s.in_flight[known(me.object)] += 1
      Object.assign(s.pte[me.pte], gone)
      return 'pte_unmap_unlock'
    },
    /** clear_full_ptes(mm, addr, pte, nr, tlb->fullmm); the PTE's reference is ours now */
    zap_present_ptes(s, me) {
      me.folio = s.pte[me.pte].folio
      Object.assign(s.pte[me.pte], gone)
      return 'folio_remove_rmap_ptes'
    },
    folio_remove_rmap_ptes(s, me) {
      held(s, me.folio)._mapcount -= 1
      return 'pte_unmap_unlock'
    },
    pte_unmap_unlock(s, me) {
      spin_unlock(s.pte[me.pte].ptl, me.self)
      if (me.folio !== 0) return 'folio_test_cached'
      return me.last ? 'xa_load' : ret()
    },
    /** Nobody says any more that the page is out, and it is in the page cache: folio = xa_load(&object->i_pages, offset); */
    xa_load(s, me) {
      me.folio = s.object[known(me.object)].folio
      return me.folio === 0 ? ret() : 'folio_try_get'
    },
    /** if (!folio_try_get(folio)) return; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'recheck' : ret()
    },
    /** if (folio == xas_reload(&xas)) free_swap_cache(folio); */
    recheck(s, me) {
      const isSame = s.object[known(me.object)].folio === me.folio
      return isSame ? call(free_swap_cache, { folio: known(me.folio) }, 'folio_put') : 'folio_put'
    },
    /** if (it is in a page cache && !folio_mapped(folio)) free_swap_cache(folio); */
    folio_test_cached(s, me) {
      const { cached, _mapcount } = held(s, me.folio)
      return cached && _mapcount === 0 ? call(free_swap_cache, { folio: known(me.folio) }, 'folio_put') : 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
