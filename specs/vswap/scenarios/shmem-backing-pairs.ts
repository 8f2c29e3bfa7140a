/** A page of a shmem file that is in zswap. PTE 1 is its slot in the mapping. */
import type { State } from '../state.js'
import { compressed, zswapShrinker } from '../vswap.js'
import {
  lookedFor,
  noZeroes,
  reclaimKeepsEntry as pinIsNotTheLast,
  vswapStoreFolioCameFirst,
  zswapTakesAll,
} from './backing-unreachable.js'
import { noSlotOfTruncated } from './migrate-unreachable.js'
import type { Pair } from './pair.js'
import {
  loadErases,
  neverFails,
  noFaultError,
  noPageoutError,
  noSlotRead,
  pageoutToZswap,
  shrinkerFindsEntry,
  shrinkerReleasesFolio,
  slotIsCached,
} from './shmem-backing-unreachable.js'
import { inPageCache, pageout, read, reclaim, truncate, write } from './shmem-processes.js'
import { shmemScenarios } from './shmem-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  cachedByOne,
  entriesSuffice,
  mappingHolds,
  neverInPageCache,
  neverMoved,
  neverTruncated,
  nodesSuffice,
  noRead,
  noReadError,
  notMapped,
  noWrite,
  readersOnly,
  rightZone,
  slotsSuffice,
  writtenOnce,
} from './shmem-unreachable.js'

const zswapped = (s: State) => compressed(s, 1)
/** zswap takes a page now and then. */
const zswap = (start: (s: State) => void) => (s: State) => {
  s.zswap = 'unreliable'
  start(s)
}

export const shmemBackingPairs = {
  'shmem-zswap-vs-read': {
    title: 'Two threads read a shmem page that is in zswap',
    run: [read, read],
    init: zswapped,
    unreachable: { ...asynchronous, ...noRead, ...noReadError, ...noWrite, ...readersOnly, ...rightZone, ...loadErases, ...noSlotRead },
    counts: [9_554, 19_243, 107],
  },
  'shmem-zswap-vs-truncate': {
    title: 'A shmem page that is in zswap is truncated while it is brought back',
    run: [read, truncate],
    init: zswapped,
    unreachable: {
      ...asynchronous,
      ...cachedByOne,
      ...mappingHolds,
      ...neverInPageCache,
      ...noRead,
      ...noReadError,
      ...noWrite,
      ...readersOnly,
      ...rightZone,
      ...noSlotOfTruncated,
      ...loadErases,
      ...noSlotRead,
    },
    counts: [1_847, 3_619, 87],
  },
  'shmem-zswap-vs-shrinker': {
    title: 'A shmem page is brought back while zswap writes it back',
    run: [write, zswapShrinker({})],
    init: zswapped,
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...mappingHolds,
      ...neverInPageCache,
      ...neverMoved,
      ...noRead,
      ...noFaultError,
      ...rightZone,
      ...lookedFor,
      ...loadErases,
      ...neverFails,
      ...shrinkerFindsEntry,
      ...shrinkerReleasesFolio,
      ...slotIsCached,
    },
    counts: [4_768, 9_486, 100],
  },
  'shmem-zswap-truncate-shrinker': {
    title: 'A shmem page is truncated and brought back while zswap writes it back',
    run: [read, truncate, zswapShrinker({})],
    init: zswapped,
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...mappingHolds,
      ...neverInPageCache,
      ...noRead,
      ...noFaultError,
      ...readersOnly,
      ...rightZone,
      ...lookedFor,
      ...loadErases,
      ...shrinkerFindsEntry,
      ...shrinkerReleasesFolio,
      ...slotIsCached,
    },
    counts: [122_225, 354_006, 112],
  },
  'shmem-zswap-reclaim-vs-write': {
    title: 'A shmem page goes out to zswap, if zswap takes it, while it is written to',
    run: [reclaim, write],
    init: zswap(inPageCache),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...entriesSuffice,
      ...mappingHolds,
      ...neverTruncated,
      ...noReadError,
      ...nodesSuffice,
      ...notMapped,
      ...rightZone,
      ...slotsSuffice,
      ...writtenOnce,
      ...noZeroes,
      ...pinIsNotTheLast,
      ...vswapStoreFolioCameFirst,
    },
    counts: [2_562, 4_681, 139],
  },
  'shmem-zswap-reclaim-vs-truncate': {
    title: 'A shmem page goes out to zswap, if zswap takes it, while it is truncated',
    run: [reclaim, truncate],
    init: zswap(inPageCache),
    unreachable: { ...asynchronousWrite, ...entriesSuffice, ...noRead, ...nodesSuffice, ...notMapped, ...slotsSuffice, ...noZeroes },
    counts: [3_037, 5_924, 104],
  },
  'shmem-zswap-pageout-shrinker': {
    title: 'A shmem page comes back and goes out again while zswap writes it back',
    run: [pageout, zswapShrinker({})],
    init: zswapped,
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...neverMoved,
      ...noRead,
      ...noPageoutError,
      ...nodesSuffice,
      ...notMapped,
      ...rightZone,
      ...slotsSuffice,
      ...lookedFor,
      ...noZeroes,
      ...zswapTakesAll,
      ...neverFails,
      ...pageoutToZswap,
      ...shrinkerFindsEntry,
      ...shrinkerReleasesFolio,
      ...slotIsCached,
    },
    counts: [40_858, 93_872, 225],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = shmemScenarios(shmemBackingPairs)
