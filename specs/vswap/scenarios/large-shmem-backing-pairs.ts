/** A file with a large folio that is in zswap, or whose device is switched off. */
import { process } from '../../../checker/index.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { zswapShrinker } from '../vswap.js'
import { lookedFor } from './backing-unreachable.js'
import { largeShmemProperties } from './large-shmem-pairs.js'
import { bounds, out, readHead, readTail, sync, truncate, zswapped } from './large-shmem-states.js'
import { cachedBySwapoff, neverAtOnce, noSwapinError, onlyReader, splitFirst } from './large-shmem-unreachable.js'
import { noSlotOfTruncated } from './migrate-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  heldFolioStays,
  loadErases,
  noSlotRead,
  shrinkerFindsEntry,
  shrinkerReleasesFolio,
  slotIsCached,
} from './shmem-backing-unreachable.js'
import {
  cachedByOne,
  mappingHolds,
  neverInPageCache,
  noLoad,
  noRead,
  noWrite,
  readersOnly,
  rightZone,
  zswapIsOff,
} from './shmem-unreachable.js'
import { staysOff, swapoffKeepsPin, swapoffReadsNoZswap } from './swapoff-unreachable.js'
import { watched } from './watched-device.js'

const swapoff = process('swapoff', swapoff_syscall)({ type: 1, again: false })

const ofZswap: Readonly<Record<string, Pair>> = {
  'shmem-large-zswap-vs-shrinker': {
    title: 'A page of a large shmem entry is brought back while zswap writes back one of the two',
    run: [readTail, zswapShrinker({})],
    init: sync(zswapped),
    bounds: { ...bounds, zentry: 2 },
    unreachable: {
      ...rightZone,
      ...noRead,
      ...readersOnly,
      ...neverInPageCache,
      ...neverAtOnce,
      ...onlyReader,
      ...slotIsCached,
      ...lookedFor,
      ...shrinkerFindsEntry,
      ...shrinkerReleasesFolio,
      ...noSwapinError,
      ...mappingHolds,
      ...loadErases,
    },
    counts: [11_681, 23_135, 139],
  },
  'shmem-large-zswap-vs-truncate': {
    title: 'A file is truncated while a page of its large entry is brought back from zswap',
    run: [readTail, truncate],
    init: zswapped,
    bounds: { ...bounds, zentry: 2 },
    unreachable: {
      ...rightZone,
      ...noRead,
      ...noWrite,
      ...readersOnly,
      ...neverInPageCache,
      ...neverAtOnce,
      ...splitFirst,
      ...cachedByOne,
      ...noSlotRead,
      ...noSlotOfTruncated,
      ...noSwapinError,
      ...mappingHolds,
      ...loadErases,
    },
    counts: [9_102, 20_827, 118],
  },
}

const ofSwapoff: Readonly<Record<string, Pair>> = {
  'shmem-large-swapoff-vs-read': {
    title: 'The device of a large shmem entry is switched off while a page of it is read past the swap cache',
    run: [swapoff, readHead],
    init: watched(out, true),
    bounds,
    unreachable: {
      ...rightZone,
      ...noWrite,
      ...readersOnly,
      ...neverInPageCache,
      ...staysOff,
      ...swapoffKeepsPin,
      ...swapoffReadsNoZswap,
      ...zswapIsOff,
      ...noLoad,
      ...noSwapinError,
      ...mappingHolds,
      ...heldFolioStays,
      ...cachedBySwapoff,
    },
    counts: [99_562, 237_883, 207],
  },
}

export const scenarios = [
  ...pairScenarios(ofZswap, largeShmemProperties),
  ...pairScenarios(ofSwapoff, [...largeShmemProperties, ...swapoffProperties]),
]
