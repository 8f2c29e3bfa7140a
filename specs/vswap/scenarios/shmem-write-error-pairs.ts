/** A page of a shmem file that cannot be written to the device, against faults and truncation. */
import { process } from '../../../checker/index.js'
import { write_error } from '../write-error.js'
import type { Pair } from './pair.js'
import { inPageCache, reclaim, truncate, write } from './shmem-processes.js'
import { shmemScenarios } from './shmem-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  entriesSuffice,
  entryStays,
  mappingHolds,
  neverTruncated,
  nodesSuffice,
  noLoad,
  noRead,
  noReadError,
  noStore,
  notMapped,
  noZswapEntry,
  reclaimKeepsEntry,
  rightZone,
  slotsSuffice,
  writtenOnce,
  zswapIsOff,
} from './shmem-unreachable.js'

const writeError = process('write error', write_error)({})

export const shmemWriteErrorPairs = {
  'shmem-write-error-vs-write': {
    title: 'A shmem page that cannot be written out is brought back and written to',
    run: [reclaim, write, writeError],
    init: inPageCache,
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
    counts: [3_770, 10_460, 140],
  },
  'shmem-write-error-vs-truncate': {
    title: 'A shmem page that cannot be written out is truncated',
    run: [reclaim, truncate, writeError],
    init: inPageCache,
    unreachable: {
      ...noRead,
      ...notMapped,
      ...nodesSuffice,
      ...entriesSuffice,
      ...slotsSuffice,
      ...noStore,
      ...asynchronousWrite,
      ...noZswapEntry,
    },
    counts: [4_632, 13_435, 105],
  },
  'shmem-write-error-vs-reclaim': {
    title: 'A shmem page that cannot be written out is taken out once more',
    run: [reclaim, reclaim, writeError],
    init: inPageCache,
    unreachable: {
      ...noRead,
      ...entryStays,
      ...notMapped,
      ...nodesSuffice,
      ...entriesSuffice,
      ...slotsSuffice,
      ...noStore,
      ...asynchronousWrite,
      ...reclaimKeepsEntry,
      ...noZswapEntry,
    },
    counts: [788, 2_216, 89],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = shmemScenarios(shmemWriteErrorPairs)
