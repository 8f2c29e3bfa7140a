/** Threads that meet where nobody moves anything, and tiers are chosen as pages go out. */

import type { Pair } from './pair.js'
import { inPool, out, read, two, write } from './threads.js'
import { fork, inSwapCache, mapped, mayUseDeviceOnly, reclaim, swappedOut, tiers, zap } from './tiering.js'
import {
  aloneOnPte,
  childStays,
  forkOfSwapped,
  keepsNothing,
  noChange,
  noFolioOfMove,
  noLostCopy,
  notInCacheAsItGoes,
  notMapped,
  notWritten,
  noWrite,
  zapOfSwapped,
} from './unreachable.js'

export const selectionPairs = {
  'fault-vs-fault': {
    title: 'Two threads fault on one PTE',
    run: [read(1), write(1)],
    init: inPool(1),
    unreachable: { ...noLostCopy },
    counts: { alone: [663, 1_143, 42] },
  },
  'fault-vs-fault-shared': {
    title: 'Two threads fault on one of two PTEs that hold the entry',
    run: [read(1), read(1)],
    init: inPool(2),
    bounds: { pte: 2 },
    unreachable: { ...noWrite },
    counts: { alone: [368, 643, 32] },
  },
  'fault-vs-fork': {
    title: 'The owner of the page writes to it, and forks',
    run: [write(1), fork({ src_pte: 1, dst_pte: 2 })],
    init: inPool(1),
    bounds: { pte: 2, folio: 3 },
    unreachable: { ...aloneOnPte, ...noFolioOfMove, ...noLostCopy, ...childStays },
    counts: { alone: [166, 272, 36] },
  },
  'fork-vs-zap': {
    title: 'The owner of the page forks, and goes',
    run: [fork({ src_pte: 1, dst_pte: 2 }), zap({ pte: 1 })],
    init: inPool(1),
    bounds: { pte: 2 },
    unreachable: { ...forkOfSwapped, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { alone: [32, 42, 13] },
  },
  'fault-fault-reclaim': {
    title: 'The page comes in, is copied, and the copy goes out under the same entry, while another fault has the old page in hand',
    run: [read(1), write(1), out],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    bounds: { folio: 3 },
    unreachable: { ...noChange },
    counts: { alone: [9_644, 22_455, 86] },
  },
  'reclaim-vs-fault': {
    title: 'The page leaves the swap cache while the last one that holds its entry faults',
    run: [out, read(1)],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...notWritten, ...aloneOnPte, ...noFolioOfMove, ...noWrite },
    counts: { alone: [144, 235, 29] },
  },
  'reclaim-vs-zap-in-cache': {
    title: 'The page leaves the swap cache while the last one that holds its entry goes',
    run: [out, zap({ pte: 1 })],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...notMapped, ...noChange, ...zapOfSwapped },
    counts: { alone: [142, 246, 27] },
  },
  'reclaim-vs-zap': {
    title: 'A page goes out, to the device if the pool is full, while the owner of what is in the pool goes',
    run: [out, zap({ pte: 1 })],
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      mapped(s, 1)
    },
    bounds: two,
    unreachable: { ...keepsNothing, ...noChange, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { alone: [231, 399, 29] },
  },
  'two-cgroups': {
    title: 'Pages of two cgroups go out at once; one may use the device alone',
    run: [out, reclaim({ memcg: 2 })],
    init(s) {
      tiers(s, 1)
      mapped(s)
      mapped(s, 1)
      mayUseDeviceOnly(s)
    },
    bounds: { ...two, memcg: 2 },
    unreachable: { ...keepsNothing, ...noChange },
    counts: { alone: [2_125, 4_069, 47] },
  },
} satisfies Readonly<Record<string, Pair>>
