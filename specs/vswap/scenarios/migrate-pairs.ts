/** Migration of a folio in the swap cache against each process that can meet it there. */

import { known, process, type Scenario } from '../../../checker/index.js'
import { migrate_folio } from '../migrate-folio.js'
import { migrateProperties } from '../migrate-properties.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { compressed, fault, inSwapCache, reclaim, rewritten, swappedOut, zap, zswapShrinker } from '../vswap.js'
import {
  loadErases,
  lookedFor,
  noSlotRead,
  nothingIsFreed,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
} from './backing-unreachable.js'
import {
  cacheHoldsEntry,
  cleanFolio,
  faultFindsFolio,
  neverClean,
  neverMapped,
  nothingToWriteTo,
  otherOwner,
  readaheadOfSlots,
  referencedFolioStays,
  swapoffFindsFolio,
  swapoffLoadsNothing,
  zapOfMapped,
} from './migrate-unreachable.js'
import { cleanAndUnmapped } from './move-pairs.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { neighbour, bounds as neighbours, readahead } from './readahead-pairs.js'
import { folioBacked } from './shmem-processes.js'
import { neverWrittenBack, noStore, noZswapEntry, zswapIsOff } from './shmem-unreachable.js'
import {
  entryAndFolioStay,
  entryWasAllocated,
  neverWritten,
  nothingFreed,
  reclaimOfUnmapped,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  entryStays,
  nobodyElseFaults,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

export const migrate = process('migrate', migrate_folio)({})
const swapoff = process('swapoff', swapoff_syscall)({ type: 1, again: false })
const cached = (s: State) => inSwapCache(s, 1)

const zswapped = (s: State) => compressed(s, 1)
/** Entry 1 is in the swap cache: PTE 1 maps its folio, and PTE 2 holds it. */
export function sharedInCache(s: State): void {
  inSwapCache(s, 2)
  const [pte, folio, desc] = [known(s.pte.ids[0] ?? 0), known(s.folio.ids[0] ?? 0), known(s.desc.ids[0] ?? 0)]
  Object.assign(s.pte[pte], { kind: 'present', folio, entry: 0 })
  s.desc[desc].swap_refs -= SWAP_COUNT_INC
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 1, anon: true })
}

export const migratePairs = {
  'migrate-vs-fault': {
    title: 'A folio in the swap cache is migrated while its owner faults on it',
    run: [migrate, fault({ pte: 1, write: true })],
    init: cached,
    unreachable: { ...swapfileOnly('fault'), ...faultFindsFolio, ...noReclaim, ...noRead, ...asynchronous, ...nobodyElseFaults, ...pinned },
    counts: [1_054, 2_029, 69],
  },
  'migrate-vs-zap': {
    title: 'A folio in the swap cache is migrated while its owner unmaps it',
    run: [migrate, zap({ pte: 1 })],
    init: cached,
    unreachable: { ...swapfileOnly('zap'), ...noReclaim, ...noRead, ...zapOfSwapped, ...cacheHoldsEntry, ...neverMapped },
    counts: [837, 1_654, 57],
  },
  'migrate-vs-reclaim': {
    title: 'A folio in the swap cache is migrated while reclaim takes it',
    run: [migrate, reclaim({})],
    init: cached,
    unreachable: { ...swapfileOnly('reclaim'), ...writtenOnce, ...cleanFolio, ...noRead, ...cleanAndUnmapped, ...neverMapped },
    counts: [169, 310, 32],
  },
  'migrate-mapped-vs-fault': {
    title: 'A folio that one owner maps and another has swapped out is migrated, and the latter faults on it',
    run: [migrate, fault({ pte: 2, write: true })],
    init: sharedInCache,
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...faultFindsFolio,
      ...otherOwner,
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
      ...entryStays,
    },
    counts: [1_089, 2_043, 74],
  },
  'migrate-mapped-vs-zap': {
    title: 'A folio that is mapped and in the swap cache is migrated while its owner unmaps it',
    run: [migrate, zap({ pte: 1 })],
    init: rewritten,
    unreachable: { ...swapfileOnly('zap'), ...noReclaim, ...noRead, ...zapOfMapped },
    counts: [754, 1_414, 64],
  },
  'migrate-mapped-vs-reclaim': {
    title: 'A folio that is mapped and in the swap cache is migrated while reclaim writes it out',
    run: [migrate, reclaim({})],
    init: rewritten,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      ...entryWasAllocated,
      ...nothingFreed,
    },
    counts: [668, 1_189, 105],
  },
  'migrate-folio-vs-reclaim': {
    title: 'A folio that alone backs its entry is migrated while reclaim writes it out',
    run: [migrate, reclaim({})],
    init: folioBacked,
    unreachable: {
      ...neverWrittenBack,
      ...noStore,
      ...noZswapEntry,
      ...noReclaim,
      ...noRead,
      ...reclaimOfUnmapped,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingFreed,
      ...neverClean,
      ...neverMapped,
    },
    counts: [267, 492, 52],
  },
  'migrate-folio-vs-migrate': {
    title: 'A folio that alone backs its entry is migrated twice',
    run: [migrate, migrate],
    init: folioBacked,
    bounds: { folio: 3 },
    unreachable: { ...noReclaim, ...noRead, ...nothingFreed, ...neverMapped },
    counts: [376, 693, 39],
  },
  'migrate-folio-vs-fault': {
    title: 'A folio that alone backs its entry is migrated while its owner faults on it',
    run: [migrate, fault({ pte: 1, write: true })],
    init: folioBacked,
    unreachable: {
      ...swapfileOnly('fault'),
      ...faultFindsFolio,
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
      ...noSlotRead,
    },
    counts: [1_009, 1_945, 65],
  },
  'migrate-vs-load': {
    title: 'A folio that is loaded from zswap is migrated',
    run: [migrate, fault({ pte: 1, write: true })],
    init: zswapped,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...entryIsRead,
      ...noCacheHit,
      ...nobodyElseFaults,
      ...pinned,
      ...loadErases,
      ...noSlotRead,
    },
    counts: [739, 1_458, 101],
  },
  'migrate-vs-shrinker': {
    title: 'A folio that zswap writes back is migrated',
    run: [migrate, zswapShrinker({})],
    init: zswapped,
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...entryIsRead,
      ...lookedFor,
      ...nothingIsFreed,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...neverMapped,
    },
    counts: [294, 580, 60],
  },
  'migrate-vs-swapoff': {
    title: 'A folio in the swap cache is migrated while its device is switched off',
    run: [migrate, swapoff],
    init: watched(cached),
    unreachable: {
      ...swapoffFindsFolio,
      ...noReclaim,
      ...noRead,
      ...nothingFreed,
      ...entryAndFolioStay,
      ...staysOff,
      ...swapoffKeepsPin,
      ...neverMapped,
      ...swapoffReadsSlots,
    },
    counts: [1_202, 2_309, 66],
  },
  'migrate-vs-readahead': {
    title: 'A folio that is read ahead is migrated',
    run: [migrate, readahead],
    init: neighbour((s) => swappedOut(s, 1)),
    bounds: neighbours,
    unreachable: { ...noReclaim, ...zswapIsOff, ...entryIsRead, ...nothingIsFreed, ...neverMapped, ...readaheadOfSlots },
    counts: [341, 699, 58],
  },
  'migrate-mapped-reclaim-write': {
    title: 'A folio that is mapped and in the swap cache is migrated while reclaim writes it out and its owner writes to it',
    run: [migrate, reclaim({}), fault({ pte: 1, write: true })],
    init: rewritten,
    bounds: { folio: 3 },
    unreachable: {
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronousWrite,
      ...slotsSuffice,
      ...stillSwapped,
      ...asynchronous,
      ...entryIsRead,
      ...nobodyElseFaults,
      ...pinned,
      ...entryWasAllocated,
    },
    counts: [17_602, 46_656, 182],
  },
  'migrate-swapoff-reclaim': {
    title: 'A folio is migrated once its device was switched off, and reclaim writes it out',
    run: [migrate, swapoff, reclaim({})],
    init: watched(cached),
    unreachable: {
      ...swapoffLoadsNothing,
      ...noReclaim,
      ...asynchronousWrite,
      ...noStore,
      ...zswapIsOff,
      ...reclaimOfUnmapped,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingIsFreed,
      ...neverWritten,
      ...nothingToWriteTo,
      ...staysOff,
      ...swapoffKeepsPin,
      ...referencedFolioStays,
      ...neverMapped,
    },
    counts: [11_822, 32_105, 103],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(migratePairs, migrateProperties)
