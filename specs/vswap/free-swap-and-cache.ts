/** mm/vswap.c: free_swap_and_cache_nr() (patch 10), for one entry. */
import { bool, call, int, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_put, held } from './folio.js'
import { Entry, Folios, procedure } from './state.js'
import { vswap_free_nr_any_cache_only, vswap_swapcache_only } from './swap-refs.js'
import { folio_free_swap } from './swap-state.js'

/** Drops the swap count of a PTE; where the swap cache is all that is left, tries to drop that too. */
export const free_swap_and_cache_nr = procedure(
  'free_swap_and_cache_nr',
  {
    args: { entry: Entry },
    locals: { any_cache_only: bool, cache_only: int(0, 15), folio: ref(Folios) },
    calls: [vswap_free_nr_any_cache_only, vswap_swapcache_only, filemap_get_folio, folio_free_swap],
  },
  {
    /** if (vswap_free_nr_any_cache_only(entry, nr)) { */
    vswap_free_nr_any_cache_only(_, me) {
      return call(vswap_free_nr_any_cache_only, { entry: me.entry }, 'vswap_swapcache_only', 'any_cache_only')
    },
    /** if (vswap_swapcache_only(entry, 1)) { */
    vswap_swapcache_only(_, me) {
      if (!me.any_cache_only) return ret()
      return call(vswap_swapcache_only, { entry: me.entry }, 'filemap_get_folio', 'cache_only')
    },
    /** folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); */
    filemap_get_folio(_, me) {
      if (!me.cache_only) return ret()
      return call(filemap_get_folio, { entry: me.entry }, 'folio_trylock', 'folio')
    },
    /** if (IS_ERR(folio)) goto next; if (!folio_trylock(folio)) { … goto next; } */
    folio_trylock(s, me) {
      if (me.folio === 0) return ret()
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_free_swap' : 'folio_put'
    },
    /** folio_free_swap(folio); */
    folio_free_swap(_, me) {
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_unlock')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); */
    folio_put(s, me) {
      folio_put(s, me.folio)
      return ret()
    },
  },
)
