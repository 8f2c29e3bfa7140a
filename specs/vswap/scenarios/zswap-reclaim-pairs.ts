/** Pairs of processes of which one is reclaim, with zswap in front of the device. */

import type { State } from '../state.js'
import { fault, mapped, reclaim, swappedOut, zap, zswapShrinker } from '../vswap.js'
import {
  lookedFor,
  noSlotRead,
  noSlotWritten,
  nothingIsFreed,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  vswapStoreFolioCameFirst,
  zapFindsNoSlot,
  zswapTakesAll,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  nobodyElseFaults,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  writtenOnce,
} from './unreachable.js'

const write = (pte: number) => fault({ pte, write: true })
const shrinker = zswapShrinker({})
const zswap = (how: State['zswap'], start: (s: State) => void) => (s: State) => {
  start(s)
  s.zswap = how
}

export const zswapReclaimPairs = {
  'zswap-reclaim-vs-shrinker': {
    title: 'The shrinker comes to a zswap entry while it is stored',
    run: [reclaim({}), shrinker],
    init: zswap('on', mapped),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...writtenOnce,
      ...slotsSuffice,
      ...lookedFor,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...noZeroes,
      ...nothingIsFreed,
      ...reclaimKeepsEntry,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...vswapStoreFolioCameFirst,
      ...zswapTakesAll,
    },
    counts: [413, 668, 105],
  },
  'zswap-reclaim-vs-write': {
    title: 'A page goes to zswap, or past it, while its owner writes to it',
    run: [write(1), reclaim({})],
    init: zswap('unreliable', mapped),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...writtenOnce,
      ...pinned,
      ...slotsSuffice,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [2_774, 5_039, 152],
  },
  'zswap-reclaim-vs-zap': {
    title: 'A page goes to zswap, or past it, while its owner unmaps it',
    run: [zap({ pte: 1 }), reclaim({})],
    init: zswap('unreliable', mapped),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...noZeroes,
    },
    counts: [2_920, 5_699, 108],
  },
  'zswap-reclaim-vs-reclaim': {
    title: 'Two reclaimers take a page to zswap, or past it',
    run: [reclaim({}), reclaim({})],
    init: zswap('unreliable', mapped),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...writtenOnce,
      ...slotsSuffice,
      ...noZeroes,
      ...nothingIsFreed,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [506, 996, 77],
  },
  'zswap-no-writeback': {
    title: 'zswap rejects a page, and memory.zswap.writeback is 0: the folio backs the entry',
    run: [write(1), reclaim({})],
    init(s) {
      mapped(s)
      s.zswap = 'unreliable'
      s.no_zswap_writeback = true
    },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...noReclaim,
      ...noRead,
      ...writtenOnce,
      ...pinned,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...noSlotRead,
      ...noSlotWritten('memory.zswap.writeback is 0: what zswap rejects stays in memory'),
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [1_408, 2_446, 146],
  },
  'zswap-no-writeback-zap': {
    title: 'The same, and the owner unmaps the page',
    run: [zap({ pte: 1 }), reclaim({})],
    init(s) {
      mapped(s)
      s.zswap = 'unreliable'
      s.no_zswap_writeback = true
    },
    unreachable: {
      ...asynchronousWrite,
      ...noReclaim,
      ...noRead,
      ...writtenOnce,
      ...noSlotWritten('memory.zswap.writeback is 0: what zswap rejects stays in memory'),
      ...noZeroes,
      ...zapFindsNoSlot,
    },
    counts: [2_018, 3_909, 97],
  },
  'swapfile-to-zswap': {
    title: 'A page comes back from a slot, is written to and goes to zswap; the device is synchronous',
    run: [write(1), reclaim({})],
    init(s) {
      swappedOut(s, 1)
      s.SWP_SYNCHRONOUS_IO = true
      s.zswap = 'on'
    },
    unreachable: {
      ...asynchronousWrite,
      ...noReclaim,
      ...noRead,
      ...writtenOnce,
      ...pinned,
      ...slotsSuffice,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
      ...zswapTakesAll,
    },
    counts: [4_193, 8_568, 208],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(zswapReclaimPairs)
