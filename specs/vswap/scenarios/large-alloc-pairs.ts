/** Allocation of ranges of virtual slots next to other allocations. */

import { largeProperties } from '../large-properties.js'
import { reclaim, zap } from '../vswap.js'
import { backingThreeWay, ofStaleEntry } from './backing-three-way.js'
import { nothingIsFreed } from './backing-unreachable.js'
import { firstEntryTaken, mappedLarge, mappedSmall, twoPages } from './large-states.js'
import { lastEntryIsHeld, otherPageIsHeld } from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { asynchronousWrite, noRead, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'

export const largeAllocPairs = {
  'large-two-folios': {
    title: 'Two folios of two pages go out',
    run: [reclaim({}), reclaim({})],
    init(s) {
      mappedLarge(s, 2)
      mappedLarge(s, 2, 2)
    },
    bounds: { pte: 4, folio: 4, entry: 5, cluster: 3, desc: 4, slot: 4 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...nothingIsFreed,
      ...writtenOnce,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [102_504, 208_231, 219],
  },
  'large-and-small': {
    title: 'A folio of two pages and one of one page go out; the virtual slots before the first free cluster are taken',
    run: [reclaim({}), reclaim({})],
    init(s) {
      mappedLarge(s, 2)
      mappedSmall(s, 2)
      firstEntryTaken(s, 3)
      s.xas_nomem = true
    },
    bounds: { pte: 4, folio: 3, entry: 4, cluster: 3, desc: 4, slot: 4 },
    unreachable: { ...swapfileOnly('reclaim'), ...stillSwapped, ...writtenOnce, ...asynchronousWrite, ...noRead },
    counts: [64_285, 136_812, 191],
  },
  'large-half-cluster-vs-zap': {
    title: 'A folio of two pages takes a cluster of four slots, and its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init(s) {
      mappedLarge(s, 2)
      s.HPAGE_PMD_ORDER = 2
    },
    bounds: { ...twoPages, entry: 7 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
    },
    counts: [2_266, 4_291, 129],
  },
  'stale-entry-no-memory': {
    ...backingThreeWay['stale-entry'],
    title:
      'A fault has read an entry that is freed, and looks at it while it is allocated for another page, which fails for lack of memory',
    init(s) {
      backingThreeWay['stale-entry'].init(s)
      s.xas_nomem = true
    },
    unreachable: ofStaleEntry,
    counts: [154_310, 466_642, 198],
  },
  'large-cluster-vs-zap': {
    title: 'A folio of two pages takes a cluster while the entry before it is freed',
    run: [reclaim({}), zap({ pte: 3 })],
    init(s) {
      mappedLarge(s, 2)
      firstEntryTaken(s, 2)
    },
    bounds: { pte: 3, folio: 2, entry: 3, cluster: 2, desc: 3, slot: 3 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...stillSwapped,
      ...writtenOnce,
      ...zapOfSwapped,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      'nobody else maps or isolates the folio that goes out': ['shrink_folio_list.keep_locked'],
      'nobody puts the entry that is unmapped in the swap cache': [
        'zap/free_swap_and_cache_nr.filemap_get_folio',
        'zap/free_swap_and_cache_nr.folio_trylock',
        'zap/free_swap_and_cache_nr.folio_free_swap',
        'zap/free_swap_and_cache_nr.folio_unlock',
        'zap/free_swap_and_cache_nr.folio_put',
        'zap/vswap_swapcache_only.*',
        'zap/filemap_get_folio.*',
        'zap/folio_free_swap.*',
        'zap/folio_swapped.*',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [3_763, 7_731, 129],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(largeAllocPairs, largeProperties)
