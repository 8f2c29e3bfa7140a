/** mm/swap_state.c: free_swap_cache() (v6.14). Where it is part of zap, it is in `zap-pte-range.ts`. */
import { call, ret } from '../../checker/index.js'
import { folio_trylock, folio_unlock } from '../kernel/folio-lock.js'
import { held } from './folio.js'
import { Folios, procedure } from './state.js'
import { folio_free_swap } from './swap-state.js'

/** The caller has a reference, and has unmapped the folio. */
export const free_swap_cache = procedure(
  'free_swap_cache',
  { args: { folio: Folios }, calls: [folio_free_swap] },
  {
    /** if (folio_test_swapcache(folio) */
    folio_test_swapcache(s, me) {
      return held(s, me.folio).swapcache ? 'folio_mapped' : ret()
    },
    /** && !folio_mapped(folio) */
    folio_mapped(s, me) {
      return held(s, me.folio)._mapcount === 0 ? 'folio_trylock' : ret()
    },
    /** && folio_trylock(folio)) { */
    folio_trylock(s, me) {
      return folio_trylock(held(s, me.folio), me.self) ? 'folio_free_swap' : ret()
    },
    /** folio_free_swap(folio); */
    folio_free_swap(_, me) {
      return call(folio_free_swap, { folio: me.folio }, 'folio_unlock')
    },
    /** folio_unlock(folio); } */
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return ret()
    },
  },
)
