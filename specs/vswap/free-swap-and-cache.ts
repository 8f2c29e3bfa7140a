/** mm/vswap.c: free_swap_and_cache_nr() (patch 10). */
import { bool, call, type Id, int, known, ref, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { filemap_get_folio } from './filemap.js'
import { folio_nr_pages, folio_put, held, swap_nth } from './folio.js'
import { Entry, type Folio, Folios, guard, Nr, procedure } from './state.js'
import { vswap_free_nr_any_cache_only, vswap_swapcache_only } from './swap-refs.js'
import { folio_free_swap } from './swap-state.js'

function trylock(folio: Folio, self: Id<'thread'>): boolean {
  return !guard('lock the folio in free_swap_and_cache_nr') || folio_trylock(folio, self)
}

/** Drops the swap counts of a range of PTEs; where the swap cache is all that is left of an entry, tries to drop that too. */
export const free_swap_and_cache_nr = procedure(
  'free_swap_and_cache_nr',
  {
    args: { entry: Entry, nr: Nr },
    locals: { any_cache_only: bool, cache_only: bool, folio: ref(Folios), i: int(0, 7) },
    calls: [vswap_free_nr_any_cache_only, vswap_swapcache_only, filemap_get_folio, folio_free_swap],
  },
  {
    /** if (vswap_free_nr_any_cache_only(entry, nr)) { */
    vswap_free_nr_any_cache_only(_, me) {
      return call(vswap_free_nr_any_cache_only, { entry: me.entry, nr: me.nr }, 'vswap_swapcache_only', 'any_cache_only')
    },
    /** while (i < nr) { incr = 1; if (vswap_swapcache_only(entry, 1)) { */
    vswap_swapcache_only(s, me) {
      if (!me.any_cache_only || me.i >= me.nr) return ret()
      return call(vswap_swapcache_only, { entry: swap_nth(s, me.entry, me.i), nr: 1 }, 'filemap_get_folio', 'cache_only')
    },
    /** folio = filemap_get_folio(swap_address_space(entry), swap_cache_index(entry)); */
    filemap_get_folio(s, me) {
      const { cache_only } = me
      me.cache_only = false
      if (cache_only) return call(filemap_get_folio, { entry: swap_nth(s, me.entry, me.i) }, 'folio_trylock', 'folio')
      me.i++
      return me.i < me.nr ? 'vswap_swapcache_only' : ret()
    },
    /** if (IS_ERR(folio)) goto next; if (!folio_trylock(folio)) { … goto next; } */
    folio_trylock(s, me) {
      if (me.folio !== 0 && trylock(held(s, me.folio), me.self)) return 'folio_free_swap'
      me.i++
      if (me.folio !== 0) return 'folio_put'
      return me.i < me.nr ? 'vswap_swapcache_only' : ret()
    },
    /** incr = folio_nr_pages(folio); folio_free_swap(folio); */
    folio_free_swap(s, me) {
      me.i += folio_nr_pages(s, me.folio)
      return call(folio_free_swap, { folio: known(me.folio) }, 'folio_unlock')
    },
    /** folio_unlock(folio); */
    folio_unlock(s, me) {
      if (guard('lock the folio in free_swap_and_cache_nr')) folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); } next: i += incr; entry.val += incr; } */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return me.i < me.nr ? 'vswap_swapcache_only' : ret()
    },
  },
)
