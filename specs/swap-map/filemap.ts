/** mm/filemap.c: the lockless lookup of a folio, here in the swap cache. */
import { known, ref, ret } from '../../checker/index.js'
import { folio_try_get } from '../kernel/folio-ref.js'
import { xa_load } from '../kernel/xarray.js'
import { folio_put } from './folio.js'
import { Entry, Folios, procedure } from './state.js'
import { touch_swapper_space } from './swap-device.js'

/** filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)): the folio with a reference taken, or 0. */
export const filemap_get_folio = procedure(
  'filemap_get_folio',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, returns: ref(Folios) },
  {
    /** repeat: folio = xas_load(&xas); */
    xas_load(s, me) {
      touch_swapper_space(s, me.entry)
      me.folio = xa_load(s.swapper_space, me.entry)
      return me.folio === 0 ? ret(0) : 'folio_try_get'
    },
    /** if (!folio_try_get(folio)) goto repeat; */
    folio_try_get(s, me) {
      return folio_try_get(s.folio[known(me.folio)]) ? 'xas_reload' : 'xas_load'
    },
    /** if (unlikely(folio != xas_reload(&xas))) { folio_put(folio); goto repeat; } */
    xas_reload(s, me) {
      touch_swapper_space(s, me.entry)
      if (xa_load(s.swapper_space, me.entry) === me.folio) return ret(me.folio)
      folio_put(s, me.folio)
      return 'xas_load'
    },
  },
)
