/** The page of an index that nobody holds any more. */
import { call, known, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put } from '../kernel/anon/folio.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { free_swap_cache } from './free-swap-cache.js'
import { procedure } from './state.js'

export const try_to_reclaim_swap = procedure(
  'try_to_reclaim_swap',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [free_swap_cache] },
  {
    /** folio = radix_tree_lookup(&swapper_space, index); */
    radix_tree_lookup(s, me) {
      me.folio = s.swapper_space[me.entry].folio
      return me.folio === 0 ? ret() : 'folio_try_get'
    },
    /** if (!folio_try_get(folio)) return; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'recheck' : ret()
    },
    /** if (folio == xas_reload(&xas)) free_swap_cache(folio); */
    recheck(s, me) {
      const isSame = s.swapper_space[me.entry].folio === me.folio
      return isSame ? call(free_swap_cache, { folio: known(me.folio) }, 'folio_put') : 'folio_put'
    },
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
