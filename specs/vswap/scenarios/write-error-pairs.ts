/** A write to the device that fails, against whoever meets the page that is still in the swap cache. */
import { process } from '../../../checker/index.js'
import { swapoff } from '../swapoff.js'
import { compressed, fault, mapped, reclaim, zap, zswapShrinker } from '../vswap.js'
import { write_error } from '../write-error.js'
import {
  loadErases,
  lookedFor,
  noSlotWritten,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  vswapStoreFolioCameFirst,
  zswapTakesAll,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  entryAndFolioStay,
  entryWasAllocated,
  noSlotAskedFor,
  nothingFreed,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
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
import { watched } from './watched-device.js'

const writeError = process('write error', write_error)({})
const off = process('swapoff', swapoff)({ type: 1, again: false })
const write = fault({ pte: 1, write: true })
const unmap = zap({ pte: 1 })

export const writeErrorPairs = {
  'write-error-reclaim-reclaim': {
    title: 'A page that could not be written is taken out once more',
    run: [reclaim({}), reclaim({}), writeError],
    init: mapped,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...noRead,
      ...asynchronousWrite,
      ...slotsSuffice,
      ...stillSwapped,
      ...nothingFreed,
    },
    counts: [912, 2_572, 92],
  },
  'write-error-reclaim-fault': {
    title: 'A page that cannot be written is faulted in and written to',
    run: [write, reclaim({}), writeError],
    init: mapped,
    unreachable: {
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...slotsSuffice,
      ...stillSwapped,
      ...writtenOnce,
    },
    counts: [4_568, 12_601, 153],
  },
  'write-error-reclaim-zap': {
    title: 'A page that cannot be written is unmapped',
    run: [unmap, reclaim({}), writeError],
    init: mapped,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...noRead,
      ...asynchronousWrite,
      ...slotsSuffice,
    },
    counts: [4_585, 13_284, 109],
  },
  'write-error-swapoff-reclaim': {
    title: 'A page cannot be written to a device that is switched off',
    run: [off, reclaim({}), writeError],
    init: watched(mapped),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...asynchronousWrite,
      ...writtenOnce,
      ...stillSwapped,
    },
    counts: [4_693, 13_309, 132],
  },
  'write-error-shrinker-reclaim': {
    title: 'The shrinker has freed the zswap entry of a page that cannot be written, and reclaim takes it',
    run: [zswapShrinker({}), reclaim({}), writeError],
    init: (s) => compressed(s, 1),
    unreachable: {
      ...noRead,
      ...nothingFreed,
      ...entryWasAllocated,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
      'nobody maps the page': ['try_to_unmap.*', 'swap_duplicate.*'],
      ...noZeroes,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...noSlotAskedFor,
      ...zswapTakesAll,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [542, 1_438, 91],
  },
  'write-error-shrinker-fault': {
    title: 'The shrinker has freed the zswap entry of a page that cannot be written, and its owner faults',
    run: [zswapShrinker({}), write, writeError],
    init: (s) => compressed(s, 1),
    unreachable: {
      ...noRead,
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...nobodyElseFaults,
      ...loadErases,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
    },
    counts: [11_700, 34_384, 110],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(writeErrorPairs)
