/** Three processes that meet on a file with a large folio that is split: the large ones of `shmem-split-pairs.ts`. */
import type { Scenario } from '../../../checker/index.js'
import { FaultCompletes } from '../liveness-properties.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { bounds, inPageCache, out, readHead, readTail, split, sync } from './large-shmem-states.js'
import { asynchronous, bothSlots, noSwapinError } from './large-shmem-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { reclaim as reclaimWhole } from './shmem-processes.js'
import { ofTwoPages, pageout, punch, reclaim, truncate } from './shmem-split-pairs.js'
import {
  cutAtBorder,
  droppedBySplit,
  entryHasNoFolio,
  folioKeepsPin,
  freesNoFolio,
  noLoadByCut,
  notInSwapCache,
  notSynchronous,
  overBorder,
  wholeInFile,
} from './shmem-split-unreachable.js'
import {
  asynchronousWrite,
  countedInUse,
  entriesSuffice,
  mappingHolds,
  nodesSuffice,
  noLoad,
  noStore,
  notMapped,
  onlyReads,
  readersOnly,
  rightZone,
  slotsSuffice,
  zswapIsOff,
} from './shmem-unreachable.js'

/** How it comes to that. */
const late: Readonly<Record<string, Pair>> = {
  'shmem-split-late-direct': {
    title:
      'The same of an entry whose folio is read past the swap cache, goes out, and is found there by another thread while it is written',
    run: [pageout, split, readTail],
    init: sync(out),
    bounds,
    unreachable: {
      ...rightZone,
      ...zswapIsOff,
      ...notMapped,
      ...noStore,
      ...noSwapinError,
      ...countedInUse,
      ...noLoad,
      ...nodesSuffice,
      ...onlyReads,
      ...slotsSuffice,
    },
    counts: [697_040, 1_852_921, 349],
  },
}

/** A part of a file is cut out while pages of it go out and come back. */
const cutWhileMoving: Readonly<Record<string, Pair>> = {
  'shmem-split-reclaim-truncate-read': {
    title: 'The second page of a large shmem folio is truncated while it goes out and comes back',
    run: [reclaim, truncate, readHead],
    init: ofTwoPages(inPageCache),
    bounds,
    unreachable: {
      ...rightZone,
      ...zswapIsOff,
      ...notMapped,
      ...asynchronous,
      ...noStore,
      ...noSwapinError,
      ...freesNoFolio('truncate'),
      ...notSynchronous('truncate'),
      ...notInSwapCache('reclaim'),
      ...notInSwapCache('truncate'),
      ...droppedBySplit,
      ...entryHasNoFolio,
      ...noLoadByCut('truncate'),
      ...bothSlots,
      ...countedInUse,
      ...noLoad,
      ...nodesSuffice,
      ...folioKeepsPin('truncate'),
      ...overBorder('truncate'),
      ...asynchronousWrite,
      ...mappingHolds,
      ...readersOnly,
      ...slotsSuffice,
    },
    counts: [522_899, 1_508_155, 256],
  },
  'shmem-split-out-reclaim-truncate-read': {
    title: 'The second page of a large shmem entry is truncated while it comes back and goes out',
    run: [reclaim, truncate, readHead],
    init: ofTwoPages(sync(out)),
    bounds,
    unreachable: {
      ...rightZone,
      ...zswapIsOff,
      ...notMapped,
      ...noStore,
      ...noSwapinError,
      ...notInSwapCache('reclaim'),
      ...notInSwapCache('truncate'),
      ...noLoadByCut('truncate'),
      ...noLoad,
      ...nodesSuffice,
      ...readersOnly,
      ...slotsSuffice,
    },
    counts: [2_805_201, 9_066_981, 346],
  },
  'shmem-split-reclaim-punch-read': {
    title: 'The first page of a large shmem folio is cut out while it goes out and comes back',
    run: [reclaimWhole, punch, readTail],
    init: inPageCache,
    bounds,
    unreachable: {
      ...rightZone,
      ...zswapIsOff,
      ...notMapped,
      ...asynchronous,
      ...noStore,
      ...noSwapinError,
      ...notSynchronous('punch'),
      ...notInSwapCache('punch'),
      ...cutAtBorder,
      ...noLoadByCut('punch'),
      ...bothSlots,
      ...noLoad,
      ...nodesSuffice,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      ...asynchronousWrite,
      ...entriesSuffice,
      ...mappingHolds,
      ...readersOnly,
      ...slotsSuffice,
    },
    counts: [352_134, 967_172, 253],
  },
}

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(late, [...largeShmemProperties, FaultCompletes]),
  ...pairScenarios(cutWhileMoving, largeShmemProperties),
].map((s) => ({ ...s, set: 'nightly' as const }))
