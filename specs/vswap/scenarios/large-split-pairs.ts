/** The split of a folio of two pages that is in the swap cache, or goes there, or is mapped alone. */

import { process } from '../../../checker/index.js'
import { largeProperties } from '../large-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import { split_folio } from '../split-huge-page.js'
import { thpFault } from '../thp.js'
import { reclaim, zap } from '../vswap.js'
import { folioBackedLarge, mappedLarge, twoPages } from './large-states.js'
import { cacheHoldsPin, folioBacksAll, foundInSwapCache, noIo, tailIsHeld, zapOfMapped } from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryWasAllocated, nothingFreed } from './swapoff-unreachable.js'
import { asynchronousWrite, noRead, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'

const split = process('split', split_folio)({})

export const largeSplitPairs = {
  'large-split-vs-zap': {
    title: 'A folio is split that backs its entries, while the one page of it that is mapped is unmapped',
    run: [split, zap({ pte: 1 })],
    init: (s) => folioBackedLarge(s, 2),
    bounds: twoPages,
    unreachable: { ...noIo, ...tailIsHeld, ...zapOfMapped, ...folioBacksAll('zap') },
    counts: [609, 1_105, 78],
  },
  'large-split-vs-zap-swapped': {
    title: 'A folio is split that backs its entries, while a PTE that holds one of them is unmapped',
    run: [split, zap({ pte: 2 })],
    init: (s) => folioBackedLarge(s, 2),
    bounds: twoPages,
    unreachable: { ...noIo, ...folioBacksAll('split', 'zap'), ...zapOfSwapped, ...cacheHoldsPin },
    counts: [2_468, 5_412, 90],
  },
  'large-split-vs-fault': {
    title: 'A folio is split that backs its entries, while its page that is not mapped is faulted in',
    run: [split, thpFault({ pte: 2, write: true, order_nr: 1 })],
    init: (s) => folioBackedLarge(s, 2),
    bounds: twoPages,
    unreachable: { ...noIo, ...folioBacksAll('split', 'thp fault'), ...foundInSwapCache, ...cacheHoldsPin },
    counts: [1_541, 2_938, 92],
  },
  'large-split-vs-reclaim': {
    title: 'A folio is split while it goes out',
    run: [split, reclaim({})],
    init: (s) => mappedLarge(s, 2),
    bounds: twoPages,
    unreachable: {
      ...noRead,
      ...tailIsHeld,
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...nothingFreed,
      ...writtenOnce,
      ...asynchronousWrite,
      ...slotsSuffice,
    },
    counts: [1_474, 2_890, 130],
  },
  'large-split-cached-vs-reclaim': {
    title: 'A folio is split that backs its entries, while it, or a page that was split off, goes out',
    run: [split, reclaim({})],
    init: (s) => folioBackedLarge(s, 2),
    bounds: twoPages,
    unreachable: {
      ...noRead,
      ...tailIsHeld,
      ...entryWasAllocated,
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...nothingFreed,
      ...writtenOnce,
      ...asynchronousWrite,
      ...slotsSuffice,
    },
    counts: [1_142, 2_276, 121],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeSplitProperties = [...largeProperties, ...migrateProperties]

export const scenarios = pairScenarios(largeSplitPairs, largeSplitProperties)
