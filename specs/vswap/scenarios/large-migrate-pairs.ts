/** Migration of a folio of two pages that is in the swap cache: mapped, in part, or not at all. */

import { process } from '../../../checker/index.js'
import { largeProperties } from '../large-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import { split_folio } from '../split-huge-page.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { thpFault, thpZap } from '../thp.js'
import { reclaim, zap } from '../vswap.js'
import { noZeroes, reclaimKeepsEntry } from './backing-unreachable.js'
import { folioBackedLarge, inSwapCacheLarge, twoPages } from './large-states.js'
import {
  cacheHoldsPin,
  cacheKeepsEntry,
  erasedFirst,
  folioBacksAll,
  foundInSwapCache,
  noIo,
  oneFault,
  tailIsHeld,
  zapOfMapped,
} from './large-unreachable.js'
import { migrate } from './migrate-pairs.js'
import { neverMapped } from './migrate-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryAndFolioStay, entryWasAllocated, nothingFreed, slotMeansFolio, staysOff, swapoffKeepsPin } from './swapoff-unreachable.js'
import { mappedFromSwapCache } from './thp-states.js'
import { foundByNobody, noZswap } from './thp-unreachable.js'
import { asynchronousWrite, noRead, noReclaim, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const off = process('swapoff', swapoff)({ type: 1, again: false })
const split = process('split', split_folio)({})
const large = (pte: number) => thpFault({ pte, write: true, order_nr: 2 })
const backed = (s: Parameters<typeof folioBackedLarge>[0]) => folioBackedLarge(s, 2)
const bounds = { ...twoPages, folio: 4 }

export const largeMigratePairs = {
  'large-migrate-vs-zap': {
    title: 'A folio that backs its entries is migrated while the one page of it that is mapped is unmapped',
    run: [migrate, zap({ pte: 1 })],
    init: backed,
    bounds,
    unreachable: {
      ...noIo,
      ...zapOfMapped,
      ...cacheKeepsEntry,
      ...nothingFreed,
    },
    counts: [565, 1_036, 57],
  },
  'large-migrate-vs-zap-swapped': {
    title: 'A folio that backs its entries is migrated while a PTE that holds one of them is unmapped',
    run: [migrate, zap({ pte: 2 })],
    init: backed,
    bounds,
    unreachable: {
      ...noIo,
      ...folioBacksAll('zap'),
      ...zapOfSwapped,
      ...cacheHoldsPin,
    },
    counts: [1_778, 3_886, 88],
  },
  'large-migrate-vs-fault': {
    title: 'A folio that backs its entries is migrated while its page that is not mapped is faulted in',
    run: [migrate, large(2)],
    init: backed,
    bounds,
    unreachable: {
      ...noIo,
      ...foundInSwapCache,
      ...cacheHoldsPin,
      'the other page is mapped, and keeps the folio in the swap cache': [
        'thp fault/folio_free_swap.*',
        'thp fault/folio_swapped.*',
        'thp fault/swapcache_clear.*',
        'thp fault/vswap_free.*',
        'thp fault/release_backing.*',
        'thp fault/zswap_invalidate.*',
        'thp fault/zswap_entry_free.*',
      ],
      ...nothingFreed,
    },
    counts: [1_219, 2_323, 82],
  },
  'large-migrate-vs-reclaim': {
    title: 'A folio that backs its entries, and is mapped in part, is migrated while it goes out',
    run: [migrate, reclaim({})],
    init: backed,
    bounds,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...entryWasAllocated,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingFreed,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [764, 1_638, 125],
  },
  'large-migrate-vs-zswap-reclaim': {
    title:
      'A folio is migrated while it goes to zswap, whole, in part or not at all: "we should not see mixed backing states for swap entries in swap cache" (patch 12)',
    run: [migrate, reclaim({})],
    init(s) {
      folioBackedLarge(s, 2)
      s.zswap = 'unreliable'
    },
    bounds: { ...bounds, zentry: 2 },
    unreachable: {
      ...entryWasAllocated,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...writtenOnce,
      ...nothingFreed,
      ...erasedFirst,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [1_287, 2_803, 125],
  },
  'large-migrate-vs-split': {
    title: 'A folio that backs its entries, and is mapped in part, is migrated while it is split',
    run: [migrate, split],
    init: backed,
    bounds,
    unreachable: {
      ...noIo,
      ...tailIsHeld,
      ...nothingFreed,
    },
    counts: [1_302, 2_603, 93],
  },
  'large-migrate-vs-migrate': {
    title: 'A folio that backs its entries is migrated twice',
    run: [migrate, migrate],
    init: backed,
    bounds: { ...twoPages, folio: 6 },
    unreachable: {
      ...noIo,
      ...nothingFreed,
    },
    counts: [996, 2_105, 83],
  },
  'large-migrate-mapped-vs-zap': {
    title: 'A folio whose pages are both mapped, and that is in the swap cache, is migrated while they are unmapped at once',
    run: [migrate, thpZap({ pte: 1, end: 2 })],
    init: mappedFromSwapCache,
    bounds,
    unreachable: {
      ...noIo,
      ...folioBacksAll('thp zap'),
      'the PTEs that are unmapped at once map their pages, or wait for them': [
        'zap_pte_range.free_swap_and_cache_nr',
        'zap_pte_range.clear_not_present_full_ptes',
        'swap_pte_batch.*',
        'swap_move.*',
        'free_swap_and_cache_nr.*',
        'vswap_free_nr_any_cache_only.*',
        'vswap_swapcache_only.*',
        'filemap_get_folio.*',
      ],
    },
    counts: [1_179, 2_480, 87],
  },
  'large-migrate-mapped-vs-reclaim': {
    title: 'A folio whose pages are both mapped, and that is in the swap cache, is migrated while it goes out',
    run: [migrate, reclaim({})],
    init: mappedFromSwapCache,
    bounds,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...entryWasAllocated,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingFreed,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [788, 1_711, 137],
  },
  'large-migrate-reclaim-write': {
    title:
      'A folio whose pages are both mapped, and that is in the swap cache, is migrated while it goes out and one of them is written to',
    run: [migrate, reclaim({}), large(2)],
    init: mappedFromSwapCache,
    bounds: { ...twoPages, folio: 6 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...noZswap('thp fault'),
      ...entryWasAllocated,
      ...stillSwapped,
      ...writtenOnce,
      ...cacheHoldsPin,
      ...oneFault,
      ...slotsSuffice,
      ...foundByNobody('thp fault'),
    },
    counts: [27_809, 82_351, 272],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeMigrateSwapoffPairs = {
  'large-migrate-vs-swapoff': {
    title: 'A folio of two pages that is in the swap cache is migrated while its device is switched off',
    run: [migrate, off],
    init: watched((s) => inSwapCacheLarge(s, 2)),
    bounds,
    unreachable: {
      ...slotMeansFolio,
      ...neverMapped,
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...staysOff,
      ...nothingFreed,
      ...noReclaim,
    },
    counts: [1_725, 3_454, 83],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeMigrateProperties = [...largeProperties, ...migrateProperties]

export const scenarios = [
  ...pairScenarios(largeMigratePairs, largeMigrateProperties),
  ...pairScenarios(largeMigrateSwapoffPairs, [...largeMigrateProperties, ...swapoffProperties]),
]
