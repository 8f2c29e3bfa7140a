/** Pairs of processes that meet on the entries of a folio of more than one page, of which one is reclaim. */

import { largeProperties } from '../large-properties.js'
import type { State } from '../state.js'
import { thpFault } from '../thp.js'
import { fork, reclaim, zap, zswapShrinker } from '../vswap.js'
import {
  lookedFor,
  noSlotWritten,
  nothingIsFreed,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerFreesNoEntry,
  zapFindsNoSlot,
} from './backing-unreachable.js'
import { mappedLarge, twoPages } from './large-states.js'
import {
  entryIsMapped,
  erasedFirst,
  foundWhole,
  lastEntryIsHeld,
  noSlotsInARow,
  oneFault,
  onePageFault,
  otherPageIsHeld,
  otherPageIsHeldZeroes,
  zeroesAlone,
} from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { noZswap, pinnedFault } from './thp-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  noRead,
  noReclaim,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
} from './unreachable.js'

const pair = (s: State) => mappedLarge(s, 2)
const zswap = (how: State['zswap']) => (s: State) => {
  pair(s)
  s.zswap = how
}
const zeroes = (s: State) => {
  pair(s)
  s.zeroes = 1
  for (const id of s.pte.ids) if (s.pte[id].kind === 'present') s.pte[id].stored = 1
  for (const id of s.folio.ids) if (s.folio[id].life === 'live') s.folio[id].data = 1
}
const write = (pte: number) => thpFault({ pte, write: true, order_nr: 1 })

export const largePairs = {
  'large-reclaim-vs-zap': {
    title: 'A folio of two pages goes out while its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: pair,
    bounds: twoPages,
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
  'large-reclaim-vs-zap-tail': {
    title: 'A folio of two pages goes out while its second page is unmapped',
    run: [reclaim({}), zap({ pte: 2 })],
    init: pair,
    bounds: twoPages,
    unreachable: { ...swapfileOnly('reclaim', 'zap'), ...asynchronousWrite, ...noRead, ...slotsSuffice, ...otherPageIsHeld },
    counts: [2_034, 3_845, 130],
  },
  'large-reclaim-vs-write': {
    title: 'A folio of two pages goes out while its second page is written to',
    run: [reclaim({}), write(2)],
    init: pair,
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...noZswap('thp fault'),
      ...asynchronous,
      ...asynchronousWrite,
      ...stillSwapped,
      ...writtenOnce,
      ...entryIsRead,
      ...pinnedFault('thp fault'),
      ...slotsSuffice,
      ...oneFault,
      ...onePageFault,
      ...foundWhole,
    },
    counts: [2_300, 4_329, 183],
  },
  'large-reclaim-vs-reclaim': {
    title: 'Two reclaimers come to a folio of two pages',
    run: [reclaim({}), reclaim({})],
    init: pair,
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...nothingIsFreed,
      ...writtenOnce,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [476, 1_168, 107],
  },
  'large-reclaim-vs-fork': {
    title: 'A folio of two pages goes out while the PTE of its second page is copied',
    run: [reclaim({}), fork({ src_pte: 2, dst_pte: 3 })],
    init: pair,
    bounds: { ...twoPages, pte: 3 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...stillSwapped,
      ...nothingIsFreed,
      ...writtenOnce,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [1_116, 2_112, 117],
  },
  'large-four-reclaim-vs-zap': {
    title: 'A folio of four pages goes out while its third page is unmapped',
    run: [reclaim({}), zap({ pte: 3 })],
    init: (s) => mappedLarge(s, 4),
    bounds: { pte: 4, folio: 5, entry: 7, cluster: 2, desc: 4, slot: 4 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
    },
    counts: [3_028, 5_753, 187],
  },
  'large-no-slots-vs-zap': {
    title: 'There are not two slots in a row for a folio of two pages, of which one is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: pair,
    bounds: { ...twoPages, slot: 1 },
    unreachable: { ...swapfileOnly('reclaim', 'zap'), ...noRead, ...noSlotsInARow, ...otherPageIsHeld },
    counts: [1_424, 2_664, 99],
  },
  'large-zero-reclaim-vs-zap': {
    title: 'A folio of two pages that is zero-filled goes out while its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: zeroes,
    bounds: twoPages,
    unreachable: { ...zeroesAlone, ...noRead, ...zapFindsNoSlot, ...otherPageIsHeldZeroes, ...lastEntryIsHeld },
    counts: [1_443, 2_679, 92],
  },
  'large-zswap-reclaim-vs-zap': {
    title: 'A folio of two pages goes to zswap, whole, in part or not at all, while its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: zswap('unreliable'),
    bounds: { ...twoPages, zentry: 2 },
    unreachable: { ...noZeroes, ...asynchronousWrite, ...noRead, ...slotsSuffice, ...otherPageIsHeldZeroes, ...lastEntryIsHeld },
    counts: [4_881, 9_249, 129],
  },
  'large-zswap-no-writeback': {
    title: 'zswap takes a folio of two pages whole, in part or not at all, and memory.zswap.writeback is 0; its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init(s) {
      zswap('unreliable')(s)
      s.no_zswap_writeback = true
    },
    bounds: { ...twoPages, zentry: 2 },
    unreachable: {
      ...noReclaim,
      ...noSlotWritten('memory.zswap.writeback is 0'),
      ...zapFindsNoSlot,
      ...writtenOnce,
      ...noZeroes,
      ...noRead,
      ...otherPageIsHeldZeroes,
      ...lastEntryIsHeld,
    },
    counts: [3_944, 7_442, 121],
  },
  'large-zswap-reclaim-vs-write': {
    title: 'A folio of two pages goes to zswap, whole, in part or not at all, while its second page is written to',
    run: [reclaim({}), write(2)],
    init: zswap('unreliable'),
    bounds: { ...twoPages, zentry: 2 },
    unreachable: {
      'zswap_load() has the entry out of the tree before release_backing() looks': ['thp fault/zswap_invalidate.zswap_entry_free'],
      ...asynchronous,
      ...asynchronousWrite,
      ...reclaimKeepsEntry,
      ...writtenOnce,
      ...noZeroes,
      ...entryIsRead,
      ...pinnedFault('thp fault'),
      ...slotsSuffice,
      ...erasedFirst,
      ...oneFault,
      ...onePageFault,
      ...foundWhole,
    },
    counts: [4_791, 8_803, 183],
  },
  'large-zswap-reclaim-vs-shrinker': {
    title: 'A folio of two pages goes to zswap, whole, in part or not at all, while the shrinker comes to one of its zswap entries',
    run: [reclaim({}), zswapShrinker({})],
    init: zswap('unreliable'),
    bounds: { ...twoPages, zentry: 2 },
    unreachable: {
      ...shrinkerFreesNoEntry,
      ...nothingIsFreed,
      ...reclaimKeepsEntry,
      ...writtenOnce,
      ...lookedFor,
      ...noZeroes,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...erasedFirst,
      ...entryIsMapped,
    },
    counts: [3_367, 6_164, 147],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(largePairs, largeProperties)
