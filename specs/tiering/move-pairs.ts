/** Moves against everything else. They are explored with the right to move had in both ways. */

import type { Pair } from './pair.js'
import type { State } from './state.js'
import { down, inPool, out, read, two, up, write } from './threads.js'
import { allOut, fork, inSwapCache, swappedOut, tiers, zap } from './tiering.js'
import {
  aloneOnPte,
  forkOfSwapped,
  foundInCache,
  keepsNothing,
  neverCopied,
  noChange,
  noFolioOfMove,
  noLostCopy,
  noOtherFolio,
  notInCacheAsItGoes,
  notMapped,
  notWritten,
  noWrite,
  roomForAll,
  zapOfSwapped,
} from './unreachable.js'

/** Two pages are in the pool. */
const twoInPool = (s: State) => {
  tiers(s, 2)
  allOut(s, 2)
}

const compressed = (init: (s: State) => void) => (s: State) => {
  init(s)
  s.compressed_writeback = true
}

export const movePairs = {
  'demote-vs-fault': {
    title: 'A page is moved down while its owner writes to it',
    run: [down(), write(1)],
    init: inPool(1),
    unreachable: { ...roomForAll, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove, ...neverCopied }, cache: { ...noLostCopy } },
    counts: { lock: [95, 153, 23], cache: [328, 541, 40] },
  },
  'demote-vs-zap': {
    title: 'A page is moved down while its owner goes',
    run: [down(), zap({ pte: 1 })],
    init: inPool(1),
    unreachable: { ...roomForAll, ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [45, 77, 11], cache: [132, 222, 22] },
  },
  'demote-vs-fork': {
    title: 'A page is moved down while its owner forks',
    run: [down(), fork({ src_pte: 1, dst_pte: 2 })],
    init: inPool(1),
    bounds: { pte: 2 },
    unreachable: { ...roomForAll, ...forkOfSwapped },
    unreachableIn: { cache: { ...noOtherFolio } },
    counts: { lock: [56, 98, 14], cache: [88, 158, 18] },
  },
  'demote-vs-reclaim': {
    title: 'A page is to be moved down while it leaves the swap cache',
    run: [down(), out],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...roomForAll, ...notMapped, ...notWritten, ...keepsNothing },
    unreachableIn: { cache: { ...noOtherFolio } },
    counts: { lock: [42, 64, 15], cache: [59, 84, 19] },
  },
  'demote-reclaim-fault': {
    title: 'A page comes in, is written to, and goes out again, while it is being moved down',
    run: [down(), out, write(1)],
    init: inPool(1),
    bounds: { slot: 3 },
    unreachable: { ...roomForAll, ...noChange, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [1_997, 4_594, 54], cache: [6_094, 14_529, 85] },
  },
  'promote-vs-fault': {
    title: 'A page is moved up while its owner reads it',
    run: [up, read(1)],
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 1)
    },
    unreachable: { ...roomForAll, ...aloneOnPte, ...noWrite },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [95, 153, 23], cache: [268, 457, 27] },
  },
  'demote-vs-promote': {
    title: 'One thread moves a page down, another moves it up again',
    run: [down(), up],
    init: inPool(1),
    unreachable: { ...roomForAll },
    unreachableIn: { cache: { ...noOtherFolio, ...foundInCache } },
    counts: { lock: [27, 38, 13], cache: [33, 53, 13] },
  },
  'demote-vs-demote': {
    title: 'Two threads move pages down, and there is a slot for one',
    run: [down(), down()],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    counts: { lock: [98, 165, 13], cache: [514, 917, 24] },
  },
  'batch-vs-fault': {
    title: 'Two pages are written back in one request, while the owner of one writes to it',
    run: [down(2), write(1)],
    init: twoInPool,
    bounds: { ...two, slot: 4, folio: 4 },
    unreachable: { ...roomForAll, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove, ...neverCopied }, cache: { ...noLostCopy } },
    counts: { lock: [182, 319, 26], cache: [1_096, 1_950, 47] },
  },
  'batch-vs-zap': {
    title: 'Two pages are written back in one request, while the owner of one goes',
    run: [down(2), zap({ pte: 1 })],
    init: twoInPool,
    bounds: { ...two, slot: 4, folio: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [81, 137, 15], cache: [265, 464, 30] },
  },
  'batch-short-vs-fault': {
    title: 'Two pages are to be written back, and there is a slot for one, while the owner of the other faults',
    run: [down(2), read(2)],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...aloneOnPte, ...noWrite },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [158, 288, 24], cache: [723, 1_328, 34] },
  },
  'batch-short-vs-zap': {
    title: 'Two pages are to be written back, and there is a slot for one, while the owner of the other goes',
    run: [down(2), zap({ pte: 2 })],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [66, 115, 13], cache: [196, 349, 29] },
  },
  'compressed-vs-fault': {
    title: 'A page is written back as it is in the pool, while its owner reads it, from wherever it is',
    run: [down(), read(1)],
    init: compressed(inPool(1)),
    unreachable: { ...roomForAll, ...aloneOnPte, ...noFolioOfMove, ...noWrite },
    counts: { lock: [95, 153, 23] },
  },
  'compressed-batch-vs-fault': {
    title: 'Two compressed pages are written to one slot, while the owner of one writes to it',
    run: [down(2), write(1)],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...roomForAll, ...aloneOnPte, ...noFolioOfMove, ...neverCopied },
    counts: { lock: [182, 319, 26] },
  },
  'compressed-batch-vs-zap': {
    title: 'Two compressed pages are written to one slot, while the owner of one goes',
    run: [down(2), zap({ pte: 1 })],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { lock: [81, 137, 15] },
  },
  'compressed-promote-zap': {
    title: 'Two compressed pages are written to one slot; one is moved up again, and the owner of the other goes',
    run: [down(2), up, zap({ pte: 2 })],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { lock: [393, 927, 21] },
  },
} satisfies Readonly<Record<string, Pair>>
