/** mm/swap_state.c: swap_cache_get_folio() by whoever finds the entry: a fault, readahead, or a scan of the slots. */
import { call, ref, ret } from '../../checker/index.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put } from './folio.js'
import { Entry, Folios, procedure } from './state.js'

export const swap_cache_get_folio = procedure(
  'swap_cache_get_folio',
  { args: { entry: Entry }, locals: { folio: ref(Folios) }, calls: [filemap_get_folio] },
  {
    /** folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); */
    filemap_get_folio(_, me) {
      return call(filemap_get_folio, { entry: me.entry }, 'folio_put', 'folio')
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      if (me.folio !== 0) folio_put(s, me.folio)
      return ret()
    },
  },
)
