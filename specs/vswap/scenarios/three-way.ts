/** Three processes on one entry: what two of them do, with a third in between. */

import type { Scenario } from '../../../checker/index.js'
import { fault, fork, mapped, mappedTwice, reclaim, swappedOut, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  nobodyElseFaults,
  noRead,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
} from './unreachable.js'

const threes: Readonly<Record<string, Pair>> = {
  'fault-fault-reclaim': {
    title: 'Two threads fault on one PTE while reclaim takes the page out again',
    run: [fault({ pte: 1, write: false }), fault({ pte: 1, write: true }), reclaim({})],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
    },
    counts: [1_039_079, 3_280_484, 273],
  },
  'fault-reclaim-zap': {
    title: 'A page is written to, taken out and unmapped',
    run: [fault({ pte: 1, write: true }), reclaim({}), zap({ pte: 1 })],
    init: mapped,
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim', 'zap'),
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
    },
    counts: [59_309, 168_060, 175],
  },
  'direct-reclaim-zap': {
    title: 'A page is written to, taken out and unmapped; the device is synchronous',
    run: [fault({ pte: 1, write: true }), reclaim({}), zap({ pte: 1 })],
    init(s) {
      s.SWP_SYNCHRONOUS_IO = true
      mapped(s)
    },
    unreachable: {
      ...swapfileOnly('fault', 'reclaim', 'zap'),
      ...pinned,
      ...slotsSuffice,
    },
    counts: [64_640, 180_441, 176],
  },
  'fork-reclaim-fault': {
    title: 'The child of a fork faults while reclaim takes the page out of both',
    run: [fork({ src_pte: 1, dst_pte: 2 }), reclaim({}), fault({ pte: 2, write: false })],
    init: mapped,
    bounds: { pte: 2 },
    unreachable: {
      ...writtenOnce,
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      "the parent's PTE holds the entry to the end": [
        'rcu_do_batch',
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/swapcache_clear.*',
        'fault/vswap_free.*',
        'fault/release_backing.*',
      ],
      ...entryIsRead,
    },
    counts: [5_771, 13_831, 144],
  },
  'zap-zap-reclaim': {
    title: 'Both owners of a shared page unmap it while reclaim takes it out',
    run: [zap({ pte: 1 }), zap({ pte: 2 }), reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('reclaim', 'zap'),
      ...noRead,
      ...slotsSuffice,
    },
    counts: [43_730, 126_004, 131],
  },
}

export const scenarios: readonly Scenario[] = pairScenarios(threes)
