/** Folios of four pages: what takes a range of entries takes one of four, or of three that are left of it. */
import { process } from '../../../checker/index.js'
import { BatchIsUncached } from '../non-swapcache-batch.js'
import { split_folio } from '../split-huge-page.js'
import type { State } from '../state.js'
import { BatchIsHeld } from '../swap-pte-batch.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { thpFault, thpZap } from '../thp.js'
import { reclaim, zap } from '../vswap.js'
import { noZeroes } from './backing-unreachable.js'
import { off } from './cross-processes.js'
import { refusedInCache } from './large-memcg-pairs.js'
import { largeMemcgSplitProperties } from './large-memcg-split-pairs.js'
import { folioBackedLarge, inSwapCacheLarge, mappedLarge, swappedOutLarge } from './large-states.js'
import {
  cacheHoldsPin,
  cacheKeepsEntry,
  folioBacksAll,
  lastEntryIsHeld,
  noIo,
  otherPageIsHeld,
  otherPageIsHeldZeroes,
} from './large-unreachable.js'
import { migrate } from './migrate-pairs.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  entryAndFolioStay,
  entryWasAllocated,
  neverWritten,
  nothingFreed,
  slotMeansFolio,
  staysOff,
  swapoffKeepsPin,
} from './swapoff-unreachable.js'
import {
  cleanUntilOut,
  noReadahead,
  notCachedAtZap,
  nothingCached,
  noZswap,
  noZswapToFree,
  otherEntryIsHeld,
  pastSwapCache,
  pinnedFault,
  thpZapOfSwapped,
} from './thp-unreachable.js'
import { asynchronousWrite, noRead, noReclaim, slotsSuffice, swapfileOnly, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const split = process('split', split_folio)({})
const four = { pte: 4, folio: 5, entry: 7, cluster: 2, desc: 4, slot: 4 }
const mapped = (s: State) => mappedLarge(s, 4)
const backed = (s: State) => folioBackedLarge(s, 4)

/** The PTEs are in one page table. */
const inTable = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.PTRS_PER_PTE = 4
}

export const largeFourPairs = {
  'large-four-migrate-vs-zap': {
    title: 'A folio of four pages that backs its entries is migrated while a PTE that holds one of them is unmapped',
    run: [migrate, zap({ pte: 3 })],
    init: backed,
    bounds: { ...four, folio: 8 },
    unreachable: { ...noIo, ...zapOfSwapped, ...cacheKeepsEntry, ...nothingFreed },
    counts: [1_464, 2_958, 78],
  },
  'large-four-split-vs-zap': {
    title: 'A folio of four pages that backs its entries is split while a PTE that holds one of them is unmapped',
    run: [split, zap({ pte: 3 })],
    init: backed,
    bounds: four,
    unreachable: { ...noIo, ...zapOfSwapped, ...cacheHoldsPin, ...folioBacksAll('split', 'zap') },
    counts: [3_743, 7_719, 140],
  },
  'large-four-zswap-reclaim-vs-zap': {
    title: 'A folio of four pages goes to zswap, whole, in part or not at all, while its third page is unmapped',
    run: [reclaim({}), zap({ pte: 3 })],
    init(s) {
      mapped(s)
      s.zswap = 'unreliable'
    },
    bounds: { ...four, zentry: 4 },
    unreachable: { ...noZeroes, ...asynchronousWrite, ...noRead, ...slotsSuffice, ...otherPageIsHeldZeroes, ...lastEntryIsHeld },
    counts: [55_807, 106_101, 187],
  },
  'large-four-memcg-reclaim-vs-zap': {
    title: 'A folio of four pages of a memcg goes out while its third page is unmapped',
    run: [reclaim({}), zap({ pte: 3 })],
    init: ofMemcg(mapped, 4),
    bounds: four,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
    },
    counts: [3_150, 5_978, 196],
  },
  'large-four-swap-max-reclaim-vs-zap': {
    title: 'A folio of four pages of a memcg is refused where swap.max leaves room for three, while its third page is unmapped',
    run: [reclaim({}), zap({ pte: 3 })],
    init: ofMemcg(mapped, 3),
    bounds: four,
    unreachable: { ...refusedInCache },
    counts: [2_132, 4_023, 156],
  },
  'large-four-zap-vs-zap': {
    title: 'The four PTEs of a folio that is in the swap cache are unmapped at once, and one by itself',
    run: [thpZap({ pte: 1, end: 4 }), zap({ pte: 4 })],
    init: inTable((s) => inSwapCacheLarge(s, 4)),
    bounds: four,
    unreachable: {
      ...noIo,
      ...thpZapOfSwapped,
      ...zapOfSwapped,
      ...noZswapToFree('thp zap', 'zap'),
      ...cacheHoldsPin,
      ...otherEntryIsHeld('zap'),
    },
    counts: [505, 1_035, 136],
  },
  'large-four-zap-vs-reclaim': {
    title: 'Three of the four PTEs of a folio that is in the swap cache are unmapped at once while reclaim drops it',
    run: [thpZap({ pte: 2, end: 3 }), reclaim({})],
    init: inTable((s) => inSwapCacheLarge(s, 4)),
    bounds: four,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap', 'reclaim'),
      ...cleanUntilOut,
      ...neverWritten,
      ...entryWasAllocated,
      'a PTE holds the first entry: nobody gives the swap of the folio back, and it stays clean': [
        'thp zap/folio_free_swap.folio_ref_sub',
        'thp zap/swapcache_clear.*',
        'reclaim/shrink_folio_list.pageout',
        'reclaim/shrink_folio_list.swap_writepage',
        'reclaim/shrink_folio_list.page_success',
        'reclaim/swap_writepage.*',
        'reclaim/folio_free_swap.*',
        'reclaim/folio_swapped.*',
      ],
    },
    counts: [3_244, 6_896, 104],
  },
  'large-four-zap-mapped-vs-reclaim': {
    title: 'The four PTEs of a folio, or what they hold by then, are unmapped at once while it goes out',
    run: [thpZap({ pte: 1, end: 4 }), reclaim({})],
    init: inTable(mapped),
    bounds: four,
    unreachable: { ...swapfileOnly('reclaim'), ...noZswapToFree('thp zap'), ...asynchronousWrite, ...noRead, ...slotsSuffice },
    counts: [55_292, 135_502, 289],
  },
  'large-four-fault-vs-zap': {
    title: 'A folio of four pages is brought in at once while two of its PTEs are unmapped at once',
    run: [thpFault({ pte: 2, write: true, order_nr: 4 }), thpZap({ pte: 3, end: 2 })],
    init: inTable((s) => {
      swappedOutLarge(s, 4)
      s.SWP_SYNCHRONOUS_IO = true
    }),
    bounds: four,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache('thp fault'),
      ...noReadahead('thp fault'),
      ...noZswap('thp fault'),
      ...noZswapToFree('thp zap'),
      ...pinnedFault('thp fault'),
      ...nothingCached('thp zap'),
      ...notCachedAtZap,
    },
    counts: [8_819, 20_063, 225],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeFourSwapoffPairs = {
  'large-four-memcg-swapoff-vs-zap': {
    title: 'swapoff takes the slots of a folio of four pages of a memcg, of which one is unmapped',
    run: [off, zap({ pte: 3 })],
    init: ofMemcg(
      watched((s) => inSwapCacheLarge(s, 4)),
      4,
    ),
    bounds: { ...four, folio: 6 },
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...zapOfSwapped,
      ...nothingFreed,
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...cacheKeepsEntry,
    },
    counts: [2_105, 4_086, 110],
  },
} satisfies Readonly<Record<string, Pair>>

const properties = [...largeMemcgSplitProperties, BatchIsUncached, BatchIsHeld]
export const scenarios = [
  ...pairScenarios(largeFourPairs, properties),
  ...pairScenarios(largeFourSwapoffPairs, [...properties, ...swapoffProperties]),
]
