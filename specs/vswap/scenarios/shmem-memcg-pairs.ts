/** A page of a shmem file that belongs to a memory cgroup. */
import { process } from '../../../checker/index.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { memcgProperties } from '../memcg-properties.js'
import { shmemProperties } from '../shmem-properties.js'
import { neverRemoved, noSlotToRelease, reclaimIsRefused } from './memcg-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { neverCached, truncateOfSwapped } from './shmem-backing-unreachable.js'
import { inPageCache, out, read, reclaim, sync, truncate, write } from './shmem-processes.js'
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
  noLoad,
  noRead,
  noReadError,
  noStore,
  notMapped,
  noWrite,
  noZswapEntry,
  onlyDirectReads,
  readersOnly,
  reclaimKeepsEntry,
  rightZone,
  slotsSuffice,
  truncateFindsNoCache,
  truncateOfCached,
  writtenOnce,
  zswapIsOff,
} from './shmem-unreachable.js'

const rmdir = process('rmdir', mem_cgroup_css_offline)({ memcg: 1 })

export const shmemMemcgPairs = {
  'shmem-memcg-reclaim-vs-write': {
    title: 'A shmem page of a memcg goes out while it is written to',
    run: [reclaim, write],
    init: ofMemcg(inPageCache, 1),
    unreachable: {
      ...notMapped,
      ...nodesSuffice,
      ...entriesSuffice,
      ...slotsSuffice,
      ...noStore,
      ...asynchronousWrite,
      ...reclaimKeepsEntry,
      ...writtenOnce,
      ...zswapIsOff,
      ...asynchronous,
      ...rightZone,
      ...neverTruncated,
      ...noLoad,
      ...noReadError,
      ...mappingHolds,
    },
    counts: [1_738, 3_220, 145],
  },
  'shmem-memcg-refused': {
    title: 'A shmem page of a memcg whose swap.max is 0 goes no further than the swap cache, and is truncated',
    run: [reclaim, truncate],
    init: ofMemcg(inPageCache, 0),
    unreachable: {
      ...noRead,
      ...notMapped,
      ...nodesSuffice,
      ...entriesSuffice,
      ...noStore,
      ...noZswapEntry,
      ...reclaimIsRefused,
      ...neverRemoved,
      ...truncateOfCached,
      ...noSlotToRelease('reclaim', 'truncate'),
    },
    counts: [1_410, 2_719, 94],
  },
  'shmem-memcg-rmdir-vs-read': {
    title: 'A memcg goes away while a shmem page of it is brought back',
    run: [rmdir, read],
    init: ofMemcg(out, 1),
    unreachable: {
      ...noWrite,
      ...readersOnly,
      ...neverInPageCache,
      ...asynchronous,
      ...rightZone,
      ...neverTruncated,
      ...neverMoved,
      ...cachedByOne,
      ...zswapIsOff,
      ...noLoad,
      ...noReadError,
      ...mappingHolds,
    },
    counts: [327, 549, 72],
  },
  'shmem-memcg-rmdir-direct-truncate': {
    title: 'A memcg goes away while a shmem page of it is read past the swap cache, and truncated',
    run: [rmdir, read, truncate],
    init: ofMemcg(sync(out), 1),
    unreachable: {
      ...noRead,
      ...noWrite,
      ...readersOnly,
      ...neverInPageCache,
      ...rightZone,
      ...onlyDirectReads,
      ...cachedByOne,
      ...zswapIsOff,
      ...noLoad,
      ...noReadError,
      ...truncateFindsNoCache,
    },
    counts: [7_067, 18_365, 70],
  },
  'shmem-memcg-rmdir-vs-truncate': {
    title: 'A memcg goes away while a shmem page of it is truncated',
    run: [rmdir, truncate],
    init: ofMemcg(out, 1),
    unreachable: { ...noRead, ...noWrite, ...truncateOfSwapped, ...truncateFindsNoCache, ...neverCached, ...noZswapEntry },
    counts: [81, 139, 27],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(shmemMemcgPairs, [...shmemProperties, ...memcgProperties])
