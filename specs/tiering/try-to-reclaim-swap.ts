/** The folio of a virtual slot that nobody holds any more. */
import { call, known, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { folio_get } from '../kernel/folio-ref.js'
import { free_swap_cache } from './free-swap-cache.js'
import { procedure } from './state.js'

export const try_to_reclaim_swap = procedure(
  'try_to_reclaim_swap',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [free_swap_cache] },
  {
    /** spin_lock(&desc->lock); folio = desc->folio; if (folio) folio_get(folio); spin_unlock(&desc->lock); free_swap_cache(folio); */
    lookup(s, me) {
      me.folio = s.vswap_map[me.entry].folio
      if (me.folio === 0) return ret()
      folio_get(held(s, me.folio))
      return call(free_swap_cache, { folio: known(me.folio) }, 'folio_put')
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
