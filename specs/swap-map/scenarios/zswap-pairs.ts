/** Whoever meets the shrinker of zswap (v6.14) on an entry: all that is said of swap and of zswap holds, and each looks as `specs/page` says. */
import { fault, zap } from '../swap-map.js'
import { compressed, zswapShrinker } from '../zswap.js'
import { type Pair, pairScenarios } from './pair.js'
import {
  folioStays,
  freedWithCache,
  loadErases,
  nobodyElseFaults,
  noDirectRead,
  noRead,
  shrinkerGivesNothingUp,
} from './zswap-unreachable.js'

const list: Readonly<Record<string, Pair>> = {
  'zap-vs-zswap-shrinker': {
    title: 'A page is unmapped while the shrinker writes it back',
    zswap: 'v6.14',
    run: [zap({ pte: 1 }), zswapShrinker({})],
    init: (s) => compressed(s, 1),
    bounds: { zentry: 1 },
    unreachable: {
      ...noRead,
      ...shrinkerGivesNothingUp,
      'nothing maps the page': [
        'zap_pte_range.folios_put_refs',
        'free_swap_cache.folio_mapped',
        'free_swap_cache.folio_trylock',
        'free_swap_cache.folio_unlock',
        'folio_free_swap.*',
        'folio_swapped.*',
      ],
      'zap drops its count before it drops the swap cache': ['zap/put_swap_folio.__swap_entry_free_locked'],
      'nobody else has put a folio into the swap cache when the shrinker looks': [
        'zswap shrinker/filemap_get_folio.folio_try_get',
        'zswap shrinker/filemap_get_folio.xas_reload',
      ],
    },
    counts: [616, 1_171, 56],
  },
  'fault-vs-zswap-shrinker': {
    title: 'A fault takes a page in, and writes to it, while the shrinker writes it back',
    zswap: 'v6.14',
    run: [fault({ pte: 1, write: true }), zswapShrinker({})],
    init: (s) => compressed(s, 1),
    bounds: { zentry: 1 },
    unreachable: {
      ...noRead,
      ...noDirectRead,
      ...nobodyElseFaults,
      ...folioStays,
      ...freedWithCache,
      ...loadErases,
      ...shrinkerGivesNothingUp,
    },
    counts: [2_838, 5_522, 81],
  },
}

export const scenarios = pairScenarios(list)
