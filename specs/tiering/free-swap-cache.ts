/** A folio that is in the swap cache for nobody is taken out of it. */
import { bool, ret } from '../../checker/index.js'
import { Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { freeSwapCache } from '../kernel/anon/free-swap-cache.js'
import { desc_of, vswap_free } from './desc.js'
import { procedure } from './state.js'

/** By the holder of the folio lock: false where page table entries hold its entry. The reference of the swap cache goes with it. */
export const folio_free_swap = procedure(
  'folio_free_swap',
  { args: { folio: Folios }, returns: bool },
  {
    /** spin_lock(&desc->lock); if (desc->swap_count) …; desc->folio = NULL; vswap_free(desc); spin_unlock(&desc->lock); */
    delete_from_swap_cache(s, me) {
      const desc = desc_of(s, me.folio)
      if (desc.swap_count > 0) return ret(false)
      desc.folio = 0
      vswap_free(s, desc)
      Object.assign(held(s, me.folio), { swapcache: false, entry: 0 })
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

export const free_swap_cache = freeSwapCache(folio_free_swap)
