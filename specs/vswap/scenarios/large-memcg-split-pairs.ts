/**
 * The split of a folio of two pages of a memory cgroup: each page has the memcg of the folio, each entry keeps its own record, and what goes out page by page
 * is charged page by page.
 */
import { process } from '../../../checker/index.js'
import { SplitKeepsMemcg } from '../memcg-split.js'
import { migrateProperties } from '../migrate-properties.js'
import { writepage_with_split } from '../shmem-writepage.js'
import { shrink_folio_list_by } from '../shrink-folio-list.js'
import { split_folio, split_huge_page_to_list_to_order } from '../split-huge-page.js'
import type { State } from '../state.js'
import { swap_writepage } from '../swap-writepage.js'
import { reclaim as reclaimWhole, zap } from '../vswap.js'
import { noSlotWritten, noZeroes, zswapTakesAll } from './backing-unreachable.js'
import { rmdir } from './cross-processes.js'
import { largeMemcgProperties } from './large-memcg-pairs.js'
import { inPageCache } from './large-shmem-states.js'
import { folioBackedLarge, mappedLarge, twoPages } from './large-states.js'
import {
  cacheHoldsPin,
  erasedFirst,
  folioBacksAll,
  lastEntryIsHeld,
  noIo,
  otherPageIsHeldZeroes,
  outOfSwapCache,
} from './large-unreachable.js'
import { keptByPte, noSlotToRelease } from './memcg-unreachable.js'
import { ofMemcg, zswapMax } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entriesSuffice, nodesSuffice, notMapped } from './shmem-unreachable.js'
import { noSlotAskedFor } from './swapoff-unreachable.js'
import { asynchronousWrite, noRead, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'

const reclaim = process('reclaim', shrink_folio_list_by(swap_writepage, split_huge_page_to_list_to_order))({})
const reclaimOfFile = process('reclaim', shrink_folio_list_by(writepage_with_split))({})
const split = process('split', split_folio)({})
const pair = (s: State) => mappedLarge(s, 2)

/** The first cluster with two free slots is one too far. */
const noCluster = { ...twoPages, entry: 2 }

const slotOfTheOther = {
  'the first page has the one slot': [
    'zap/release_backing.xa_erase',
    'zap/release_backing.swap_slot_tryget_swap_info',
    'zap/release_backing.swap_slot_free_nr',
    'zap/release_backing.swap_slot_put_swap_info',
  ],
}

export const largeMemcgSplitPairs = {
  'large-memcg-split-reclaim-vs-zap': {
    title: 'A folio of two pages of a memcg with room for one goes out page by page while its second page is unmapped',
    run: [reclaim, zap({ pte: 2 })],
    init: ofMemcg(pair, 1),
    bounds: noCluster,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...writtenOnce,
      ...cacheHoldsPin,
      ...erasedFirst,
      ...asynchronousWrite,
      ...noRead,
      ...outOfSwapCache,
      ...slotOfTheOther,
    },
    counts: [5_705, 12_295, 216],
  },
  'large-memcg-split-reclaim-vs-rmdir': {
    title: 'A folio of two pages goes out page by page while its memcg goes away',
    run: [reclaim, rmdir],
    init: ofMemcg(pair, 2),
    bounds: noCluster,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...writtenOnce,
      ...erasedFirst,
      ...keptByPte,
      ...asynchronousWrite,
      ...noRead,
      ...outOfSwapCache,
      ...slotsSuffice,
      'nobody else has the folio': ['shrink_folio_list.keep_locked'],
    },
    counts: [1_490, 2_635, 217],
  },
  'large-memcg-split-vs-zap': {
    title: 'A folio of a memcg is split that backs its entries, while a PTE that holds one of them is unmapped',
    run: [split, zap({ pte: 2 })],
    init: ofMemcg((s) => folioBackedLarge(s, 2), 2),
    bounds: twoPages,
    unreachable: { ...noIo, ...folioBacksAll('split', 'zap'), ...zapOfSwapped, ...cacheHoldsPin },
    counts: [2_538, 5_552, 94],
  },
  'large-memcg-split-shmem-vs-rmdir': {
    title: 'A shmem folio of two pages goes out page by page while its memcg goes away',
    run: [reclaimOfFile, rmdir],
    init: ofMemcg(inPageCache, 2),
    bounds: noCluster,
    unreachable: {
      ...notMapped,
      ...nodesSuffice,
      ...entriesSuffice,
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...writtenOnce,
      ...keptByPte,
      ...asynchronousWrite,
      ...noRead,
      ...outOfSwapCache,
      ...slotsSuffice,
      'nobody else has the folio, and none of it is beyond i_size': [
        'shrink_folio_list.keep_locked',
        'split_huge_page_to_list_to_order.fail',
        'split_huge_page_to_list_to_order.folio_put_refs',
      ],
    },
    counts: [1_286, 2_291, 171],
  },
  'large-memcg-zswap-vs-zap': {
    title: 'A folio of two pages of a memcg goes to zswap, page by page, while its first page is unmapped; zswap.max leaves room for one',
    run: [reclaimWhole({}), zap({ pte: 1 })],
    init: zswapMax(1, ofMemcg(pair, 2)),
    bounds: { ...twoPages, zentry: 2 },
    unreachable: {
      ...noIo,
      ...otherPageIsHeldZeroes,
      ...writtenOnce,
      ...lastEntryIsHeld,
      ...noSlotAskedFor,
      ...noSlotToRelease('zap'),
      ...noSlotWritten('zswap takes every page'),
      ...noZeroes,
      ...zswapTakesAll,
    },
    counts: [3_241, 6_050, 129],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeMemcgSplitProperties = [...largeMemcgProperties, ...migrateProperties, SplitKeepsMemcg]
export const scenarios = pairScenarios(largeMemcgSplitPairs, largeMemcgSplitProperties)
