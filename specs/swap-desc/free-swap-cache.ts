/** A folio that is in the swap cache for nobody is taken out of it. */
import { bool, call, known, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { live } from '../kernel/memory.js'
import { swap_desc_free } from './desc.js'
import { folio_put, held } from './folio.js'
import { Folios, procedure } from './state.js'

/** By the holder of the folio lock: false where page table entries hold its id. The reference of the swap cache goes with it. */
export const folio_free_swap = procedure(
  'folio_free_swap',
  { args: { folio: Folios }, returns: bool },
  {
    /** spin_lock(&desc->lock); if (desc->swap_count) …; desc->folio = NULL; swap_desc_free(desc); spin_unlock(&desc->lock); */
    delete_from_swap_cache(s, me) {
      const folio = held(s, me.folio)
      const desc = live(s.desc, s.swap_descs[known(folio.id)])
      if (desc.swap_count > 0) return ret(false)
      desc.folio = 0
      swap_desc_free(s, known(folio.id))
      Object.assign(folio, { swapcache: false, id: 0 })
      return 'folio_put'
    },
    /** folio_set_dirty(folio); folio_put(folio); */
    folio_put(s, me) {
      held(s, me.folio).dirty = true
      folio_put(s, me.folio)
      return ret(true)
    },
  },
)

/** free_swap_cache(folio), with a reference of the caller: tries, as somebody else may have the lock, and will look at the count later. */
export const free_swap_cache = procedure(
  'free_swap_cache',
  { args: { folio: Folios }, locals: { freed: bool }, calls: [folio_free_swap] },
  {
    /** if (folio_trylock(folio)) { */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_test_swapcache' : ret()
    },
    /** if (folio_test_swapcache(folio)) folio_free_swap(folio); */
    folio_test_swapcache(s, me) {
      return held(s, me.folio).swapcache ? call(folio_free_swap, { folio: me.folio }, 'folio_unlock', 'freed') : 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)
