/** mm/swap_state.c: free_swap_cache(folio): drops the swap cache of a folio that nobody maps. */
import { call, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { held } from './folio.js'
import { Folios, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

export const free_swap_cache = procedure(
  'free_swap_cache',
  { args: { folio: Folios }, calls: [folio_free_swap] },
  {
    /** if (folio_test_swapcache(folio) && !folio_mapped(folio) && the first is a hint, which folio_free_swap() looks at again */
    folio_mapped(s, me) {
      const folio = held(s, me.folio)
      return folio.swapcache && folio._mapcount === 0 ? 'folio_trylock' : ret()
    },
    /** folio_trylock(folio)) { folio_free_swap(folio); */
    folio_trylock(s, me) {
      if (!folio_trylock(held(s, me.folio), me.self)) return ret()
      return call(folio_free_swap, { folio: me.folio }, 'folio_unlock')
    },
    /** folio_unlock(folio); } */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)
