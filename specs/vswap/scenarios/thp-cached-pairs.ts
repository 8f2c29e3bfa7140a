/** A fault that finds a folio of several pages in the swap cache, against each process that can meet it there. */
import { thpFault } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { reclaim, zap, zswapShrinker } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { inSwapCacheLarge, twoPtes, zswapTail } from './thp-states.js'
import {
  cacheHit,
  entryIsGone,
  noDirectRead,
  nothingInTheWay,
  noZswap,
  noZswapToFree,
  otherEntryIsHeld,
  pinKeepsPte,
  pinnedFault,
} from './thp-unreachable.js'
import { freeSwapCache, noRead, noReclaim, slotsSuffice, stillSwapped, swapfileOnly } from './unreachable.js'

const large = (pte: number, write = true) => thpFault({ pte, write, order_nr: 2 })

const T = 'thp fault'

export const thpCachedPairs = {
  'thp-cached-vs-cached': {
    title: 'Two threads fault on the two pages of a folio that is in the swap cache',
    run: [large(1), large(2)],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...entryIsGone(T),
    },
    counts: [6_826, 16_499, 108],
  },
  'thp-cached-vs-zap': {
    title: 'A fault maps a folio that is in the swap cache while its second page is unmapped',
    run: [large(1), zap({ pte: 2 })],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...cacheHit(T),
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      ...otherEntryIsHeld('zap'),
      'a page that is mapped leaves its folio mapped by the other': freeSwapCache,
    },
    counts: [679, 1_287, 96],
  },
  'thp-cached-vs-reclaim': {
    title: 'A fault maps a folio that is in the swap cache while reclaim drops it',
    run: [large(1), reclaim({})],
    init: inSwapCacheLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noZswap(T),
      ...pinnedFault(T),
      ...pinKeepsPte(T),
      ...swapfileOnly('reclaim'),
      ...slotsSuffice,
      ...stillSwapped,
      'there is memory, and the PTEs hold their entries': ['thp fault/__read_swap_cache_async.put_and_return'],
    },
    counts: [4_975, 9_630, 267],
  },
  'thp-cached-vs-shrinker': {
    title: 'A fault maps a folio that is in the swap cache and in zswap while the shrinker comes to one of its zswap entries',
    run: [large(1), zswapShrinker({})],
    init: zswapTail,
    bounds: { ...twoPtes, zentry: 2, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...cacheHit(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      'swap_move() of an entry in zswap is 0, so one page is mapped at a time': [
        'swap_pte_batch.*',
        'swap_move.read_lock_next',
        'thp fault/folio_free_swap.folio_ref_sub',
        'thp fault/swapcache_clear.*',
        'thp fault/vswap_free.*',
        'thp fault/release_backing.*',
        'rcu_do_batch',
      ],
      'the shrinker finds the folio in the swap cache': [
        'zswap_writeback_entry.vswap_alloc_swap_slot',
        'zswap_writeback_entry.xa_cmpxchg',
        'zswap_writeback_entry.zswap_decompress',
        'zswap_writeback_entry.zswap_entry_free',
        'zswap_writeback_entry.folio_mark_uptodate',
        'zswap_writeback_entry.fail',
        'zswap_writeback_entry.release_folio',
        'zswap_writeback_entry.folio_unlock',
        'zswap shrinker/__read_swap_cache_async.folio_alloc',
        'zswap shrinker/__read_swap_cache_async.swapcache_prepare',
        'zswap shrinker/__read_swap_cache_async.prepared',
        'zswap shrinker/__read_swap_cache_async.add_to_swap_cache',
        'zswap shrinker/__read_swap_cache_async.folio_add_lru',
        'zswap shrinker/swp_swapcount.*',
        'zswap shrinker/swapcache_prepare.*',
        'zswap shrinker/vswap_folio_backed.*',
        'vswap_alloc_swap_slot.*',
        'vswap_assoc_zswap.*',
        'delete_from_swap_cache.*',
        'zswap shrinker/swapcache_clear.*',
        'zswap shrinker/vswap_free.*',
        'zswap shrinker/release_backing.*',
        'zswap shrinker/zswap_invalidate.*',
        'zswap shrinker/zswap_entry_free.*',
        '__swap_writepage.*',
        'zswap shrinker/swp_entry_to_swp_slot.*',
      ],
    },
    counts: [903, 1_786, 48],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(thpCachedPairs, thpProperties)
