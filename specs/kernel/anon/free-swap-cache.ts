/** A folio that is in the swap cache for nobody is taken out of it. */
import { bool, call, ret } from '../../../checker/index.js'
import { folio_trylock, folio_unlock } from '../folio-lock.js'
import { Folios, procedure } from './fields.js'
import { held } from './folio.js'
import type { FolioFreeSwap } from './swap.js'

/** free_swap_cache(folio), with a reference of the caller: tries, as somebody else may have the lock, and will look at the count later. */
export const freeSwapCache = (folio_free_swap: FolioFreeSwap) =>
  procedure(
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
