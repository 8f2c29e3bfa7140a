/** swapoff of a device that has the pages of a folio of more than one page. */

import { process } from '../../../checker/index.js'
import { largeProperties } from '../large-properties.js'
import { SwapoffTerminates } from '../liveness-properties.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, reclaim, zap } from '../vswap.js'
import { nothingIsFreed } from './backing-unreachable.js'
import { inSwapCacheLarge, mappedLarge, swappedOutLarge, twoPages } from './large-states.js'
import { cacheKeepsEntry, deviceTakesNoPage } from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  entryAndFolioStay,
  neverWritten,
  nothingFreed,
  reclaimOfUnmapped,
  slotMeansFolio,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  nobodyElseFaults,
  noReclaim,
  pinned,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const off = process('swapoff', swapoff_syscall)({ type: 1, again: false })
const mapped = watched((s) => mappedLarge(s, 2))
const cached = watched((s) => inSwapCacheLarge(s, 2))
const out = watched((s) => swappedOutLarge(s, 2))

export const largeSwapoffPairs = {
  'large-swapoff-vs-reclaim': {
    title: 'A device is switched off while a folio of two pages goes out to it',
    run: [off, reclaim({})],
    init: mapped,
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...nothingIsFreed,
      ...stillSwapped,
      ...writtenOnce,
      ...entryAndFolioStay,
      ...staysOff,
      ...asynchronousWrite,
    },
    counts: [5_448, 10_201, 207],
  },
  'large-swapoff-vs-zap': {
    title: 'A device is switched off while a page of a folio in the swap cache is unmapped',
    run: [off, zap({ pte: 1 })],
    init: cached,
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...zapOfSwapped,
      ...nothingFreed,
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...cacheKeepsEntry,
    },
    counts: [1_540, 2_979, 83],
  },
  'large-swapoff-cached-vs-reclaim': {
    title: 'A device is switched off while a folio of two pages that is in the swap cache is reclaimed',
    run: [off, reclaim({})],
    init: cached,
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...reclaimOfUnmapped,
      ...swapfileOnly('reclaim'),
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...nothingFreed,
      ...stillSwapped,
      ...neverWritten,
      ...writtenOnce,
      ...entryAndFolioStay,
      ...staysOff,
      ...deviceTakesNoPage,
    },
    counts: [3_372, 6_320, 134],
  },
  'large-swapoff-out-vs-zap': {
    title: 'A device is switched off that a folio of two pages went out to, and a page of it is unmapped',
    run: [off, zap({ pte: 2 })],
    init: out,
    bounds: { ...twoPages, folio: 2 },
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...swapfileOnly('zap'), ...zapOfSwapped, ...staysOff, ...noReclaim },
    counts: [8_272, 19_971, 151],
  },
  'large-swapoff-out-vs-fault': {
    title: 'A device is switched off that a folio of two pages went out to, and a page of it is faulted in',
    run: [off, fault({ pte: 2, write: true })],
    init: out,
    bounds: { ...twoPages, folio: 3 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault'),
      ...asynchronous,
      ...nobodyElseFaults,
      ...staysOff,
      ...noReclaim,
      ...pinned,
    },
    counts: [47_786, 116_652, 181],
  },
} satisfies Readonly<Record<string, Pair>>

export const largeSwapoffProperties = [...largeProperties, ...swapoffProperties, SwapoffTerminates]

export const scenarios = pairScenarios(largeSwapoffPairs, largeSwapoffProperties)
