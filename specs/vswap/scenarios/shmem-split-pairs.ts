/** A file with a large folio that is split: where it goes over i_size, where no virtual slots are found for it, and where a part of the file is cut out. */
import { process, type Scenario } from '../../../checker/index.js'
import { FaultCompletes } from '../liveness-properties.js'
import { large_shmem_pageout } from '../shmem-pageout.js'
import { shmem_setattr } from '../shmem-setattr.js'
import { shmem_undo_part } from '../shmem-undo-part.js'
import { writepage_with_split } from '../shmem-writepage.js'
import { shrink_folio_list_by } from '../shrink-folio-list.js'
import type { State } from '../state.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { bounds, cached, inPageCache, inPageCacheApart, out, readHead, readTail, split, sync, writeTail } from './large-shmem-states.js'
import { asynchronous, bothSlots, neverGone, neverRead, neverSplit, noSwapinError, onlyReader } from './large-shmem-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { heldFolioStays, neverFails } from './shmem-backing-unreachable.js'
import { reclaim as reclaimWhole } from './shmem-processes.js'
import {
  alreadySplit,
  broughtInByNobody,
  cutAtBorder,
  cutInMemory,
  cutWithItsNeighbour,
  droppedBySplit,
  entryHasNoFolio,
  firstToLook,
  folioKeepsPin,
  freesNoFolio,
  keptInPageCache,
  nobodyHasFolio,
  noEntryInSecondPass,
  noLoadByCut,
  notInSwapCache,
  notSynchronous,
  overBorder,
  readByNobody,
  wholeInFile,
} from './shmem-split-unreachable.js'
import {
  asynchronousWrite,
  countedInUse,
  entriesSuffice,
  mappingHolds,
  neverInPageCache,
  neverMoved,
  nodesSuffice,
  noLoad,
  noRead,
  noReadError,
  noStore,
  notMapped,
  noWrite,
  readersOnly,
  reclaimKeepsEntry,
  slotsSuffice,
  writtenOnce,
  zswapIsOff,
} from './shmem-unreachable.js'
import { entryIsRead } from './unreachable.js'

export const reclaim = process('reclaim', shrink_folio_list_by(writepage_with_split), { symmetric: true })({})

/** Of the second page of two. */
export const truncate = process('truncate', shmem_setattr)({ start: 2 })

/** Of the first page. */
export const punch = process('punch', shmem_undo_part)({ start: 1, end: 2 })

/** A thread that writes to the second page, takes the folio out itself, and reads that page. */
export const pageout = process('pageout', large_shmem_pageout)({ index: 2 })

/** No two virtual slots are in a row for a folio: the first cluster with two is one too far. */
const noCluster = { ...bounds, entry: 2 }

/** The file may become shorter. */
export const ofTwoPages = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.i_size = 2
}

export const shmemSplitPairs = {
  'shmem-split-reclaim-vs-write': {
    title: 'A large shmem folio goes out page by page while its second page is written to',
    run: [reclaim, writeTail],
    init: inPageCache,
    bounds: noCluster,
    unreachable: {
      ...notMapped,
      ...zswapIsOff,
      ...noStore,
      ...asynchronous,
      ...reclaimKeepsEntry,
      ...notInSwapCache('reclaim'),
      ...noSwapinError,
      ...writtenOnce,
      ...neverSplit,
      ...noLoad,
      ...nodesSuffice,
      ...wholeInFile('reclaim'),
      ...bothSlots,
      ...neverGone,
      ...asynchronousWrite,
      ...mappingHolds,
      ...slotsSuffice,
    },
    counts: [12_984, 28_839, 238],
  },
  'shmem-split-reclaim-vs-truncate': {
    title: 'A large shmem folio goes out while its second page is truncated: it is split where it goes over i_size',
    run: [reclaim, truncate],
    init: ofTwoPages(inPageCache),
    bounds,
    unreachable: {
      ...notMapped,
      ...zswapIsOff,
      ...noStore,
      ...notSynchronous('truncate'),
      ...freesNoFolio('truncate'),
      ...notInSwapCache('reclaim'),
      ...notInSwapCache('truncate'),
      ...noSwapinError,
      ...neverInPageCache,
      ...droppedBySplit,
      ...entryHasNoFolio,
      ...noLoadByCut('truncate'),
      ...onlyReader,
      ...countedInUse,
      ...neverMoved,
      ...nodesSuffice,
      ...folioKeepsPin('truncate'),
      ...overBorder('truncate'),
      ...neverFails,
      ...asynchronousWrite,
      ...slotsSuffice,
      ...entryIsRead,
    },
    counts: [9_031, 18_915, 212],
  },
  'shmem-split-truncate-vs-direct': {
    title: 'The second page of a large shmem entry is truncated while the first is read past the swap cache',
    run: [truncate, readHead],
    init: ofTwoPages(sync(out)),
    bounds,
    unreachable: {
      ...zswapIsOff,
      ...noSwapinError,
      ...freesNoFolio('truncate'),
      ...notInSwapCache('truncate'),
      ...droppedBySplit,
      ...entryHasNoFolio,
      ...keptInPageCache('truncate'),
      ...noLoadByCut('truncate'),
      ...noLoad,
      ...overBorder('truncate'),
      ...noWrite,
      ...readersOnly,
    },
    counts: [61_557, 138_541, 207],
  },
  'shmem-split-truncate-cached': {
    title: 'The second page of a large shmem folio in the swap cache is truncated while the first is read',
    run: [truncate, readHead],
    init: ofTwoPages(cached),
    bounds,
    unreachable: {
      ...readByNobody('truncate'),
      ...neverRead,
      ...zswapIsOff,
      ...asynchronous,
      ...cutInMemory('truncate'),
      ...noSwapinError,
      ...freesNoFolio('truncate'),
      ...notInSwapCache('truncate'),
      ...neverSplit,
      ...droppedBySplit,
      ...keptInPageCache('truncate'),
      ...noLoadByCut('truncate'),
      ...bothSlots,
      ...noLoad,
      ...folioKeepsPin('truncate'),
      ...overBorder('truncate'),
      ...mappingHolds,
      ...noRead,
      ...noWrite,
      ...readersOnly,
    },
    counts: [15_488, 40_941, 150],
  },
  'shmem-split-apart-vs-reclaim': {
    title: 'The second page of a shmem file whose folio was split is truncated while it goes out',
    run: [truncate, reclaimWhole],
    init: ofTwoPages(inPageCacheApart),
    bounds,
    unreachable: {
      ...readByNobody('truncate'),
      ...notMapped,
      ...zswapIsOff,
      ...noStore,
      ...noReadError,
      ...notSynchronous('truncate'),
      ...notInSwapCache('truncate'),
      ...neverInPageCache,
      ...noLoadByCut('truncate'),
      ...neverSplit,
      ...onlyReader,
      ...neverMoved,
      ...nodesSuffice,
      ...wholeInFile('truncate'),
      ...neverFails,
      ...asynchronousWrite,
      ...entriesSuffice,
      ...noRead,
      ...slotsSuffice,
      ...alreadySplit,
      ...broughtInByNobody,
    },
    counts: [6_624, 13_300, 116],
  },
  'shmem-split-punch-vs-direct': {
    title: 'The first page of a large shmem entry is cut out while the second is read past the swap cache',
    run: [punch, readTail],
    init: sync(out),
    bounds,
    unreachable: {
      ...zswapIsOff,
      ...cutInMemory('punch'),
      ...noSwapinError,
      ...freesNoFolio('punch'),
      ...notInSwapCache('punch'),
      ...cutAtBorder,
      ...firstToLook('punch'),
      ...keptInPageCache('punch'),
      ...noLoadByCut('punch'),
      ...noLoad,
      ...entryIsRead,
      ...noEntryInSecondPass,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      ...noWrite,
      ...readersOnly,
    },
    counts: [54_101, 119_090, 218],
  },
  'shmem-split-punch-cached': {
    title: 'The first page of a large shmem folio in the swap cache is cut out while the second is read',
    run: [punch, readTail],
    init: cached,
    bounds,
    unreachable: {
      ...readByNobody('punch'),
      ...neverRead,
      ...zswapIsOff,
      ...asynchronous,
      ...cutInMemory('punch'),
      ...noSwapinError,
      ...freesNoFolio('punch'),
      ...notInSwapCache('punch'),
      ...neverSplit,
      ...cutAtBorder,
      ...keptInPageCache('punch'),
      ...noLoadByCut('punch'),
      ...bothSlots,
      ...noLoad,
      ...folioKeepsPin('punch'),
      ...noEntryInSecondPass,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      ...mappingHolds,
      ...noRead,
      ...noWrite,
      ...readersOnly,
      ...cutWithItsNeighbour,
    },
    counts: [9_507, 24_525, 110],
  },
  'shmem-split-punch-vs-reclaim': {
    title: 'The first page of a large shmem folio is cut out while it goes out',
    run: [punch, reclaimWhole],
    init: inPageCache,
    bounds,
    unreachable: {
      ...notMapped,
      ...zswapIsOff,
      ...noStore,
      ...notSynchronous('punch'),
      ...notInSwapCache('punch'),
      ...noSwapinError,
      ...neverInPageCache,
      ...cutAtBorder,
      ...noLoadByCut('punch'),
      ...onlyReader,
      ...neverMoved,
      ...nodesSuffice,
      ...overBorder('punch'),
      ...wholeInFile('punch'),
      ...neverFails,
      ...asynchronousWrite,
      ...entriesSuffice,
      ...slotsSuffice,
      ...entryIsRead,
    },
    counts: [6_845, 13_413, 180],
  },
} satisfies Readonly<Record<string, Pair>>

export const shmemSplitLive = {
  'shmem-split-late': {
    title: 'A large shmem entry is split by who looked at it before the folio came back and went out again',
    run: [pageout, split],
    init: inPageCache,
    bounds,
    unreachable: {
      ...notMapped,
      ...noStore,
      ...zswapIsOff,
      ...notSynchronous('pageout'),
      ...noSwapinError,
      ...countedInUse,
      ...nodesSuffice,
      ...folioKeepsPin('pageout'),
      ...bothSlots,
      ...heldFolioStays,
      ...asynchronousWrite,
      ...entriesSuffice,
      ...slotsSuffice,
      ...entryIsRead,
      ...nobodyHasFolio,
    },
    counts: [862, 1_399, 189],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(shmemSplitPairs, largeShmemProperties),
  ...pairScenarios(shmemSplitLive, [...largeShmemProperties, FaultCompletes]),
]
