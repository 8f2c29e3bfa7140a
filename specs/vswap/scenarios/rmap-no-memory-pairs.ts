/** There is no memory for the reverse map of a slot: vswap_alloc_swap_slot() takes back what it has done. */
import { largeProperties } from '../large-properties.js'
import { memcgProperties } from '../memcg-properties.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { compressed, mapped, reclaim, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, shrinkerAlone } from './backing-unreachable.js'
import { off, rmdir } from './cross-processes.js'
import { mappedLarge, twoPages } from './large-states.js'
import { lastEntryIsHeld, otherPageIsHeld } from './large-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { entryAndFolioStay, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { asynchronousWrite, noRead, stillSwapped, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const withoutMemory = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.xas_nomem = true
}
const large = withoutMemory((s) => mappedLarge(s, 2))

export const rmapNoMemoryPairs = {
  'rmap-no-memory-vs-zap': {
    title: 'A folio of two pages goes out, there is no memory to link its slots, and its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: large,
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
      ...asynchronousWrite,
      ...noRead,
    },
    counts: [2_547, 4_916, 129],
  },
  'rmap-no-memory-vs-shrinker': {
    title: 'There is no memory to link the slot of a page that zswap writes back, while its owner unmaps it',
    run: [zswapShrinker({}), zap({ pte: 1 })],
    init: withoutMemory((s) => compressed(s, 1)),
    unreachable: {
      ...zapOfSwapped,
      ...lookedFor,
      ...shrinkerAlone,
      ...asynchronousWrite,
      ...noRead,
      'the shrinker gives its pin back only where it got no slot': [
        'zswap shrinker/release_backing.xa_erase',
        'zswap shrinker/release_backing.swap_slot_tryget_swap_info',
        'zswap shrinker/release_backing.swap_slot_free_nr',
        'zswap shrinker/release_backing.swap_slot_put_swap_info',
      ],
    },
    counts: [1_824, 3_659, 79],
  },
} satisfies Readonly<Record<string, Pair>>

export const rmapNoMemorySwapoffPairs = {
  'rmap-no-memory-vs-swapoff': {
    title: 'A folio of two pages goes out, there is no memory to link its slots, and the device is switched off',
    run: [off, reclaim({})],
    init: watched(large),
    bounds: { ...twoPages, folio: 4 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      'a PTE or the swap cache holds the entry to the end; what is given up before is not of vswap_free()': ['vswap_free.*'],
      ...stillSwapped,
      ...writtenOnce,
      ...entryAndFolioStay,
      ...staysOff,
      ...asynchronousWrite,
    },
    counts: [5_995, 11_396, 207],
  },
} satisfies Readonly<Record<string, Pair>>

export const rmapNoMemoryMemcgPairs = {
  'rmap-no-memory-vs-rmdir': {
    title: 'A page of a memcg goes out, there is no memory to link its slot, and the memcg goes away',
    run: [rmdir, reclaim({}), zap({ pte: 1 })],
    init: withoutMemory(ofMemcg(mapped, 1)),
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
    },
    counts: [9_248, 23_135, 115],
  },
} satisfies Readonly<Record<string, Pair>>

const ofRange: Readonly<Record<string, Protection>> = {
  'rmap-undo': {
    title: 'There is no memory to link the second slot of a folio, and the first stays in the reverse map',
    without: 'take back the part of a reverse mapping',
    violates: 'RmapBijective',
    on: rmapNoMemoryPairs['rmap-no-memory-vs-zap'],
    counts: [1_611, 3_036, 90],
  },
}
const ofCharge: Readonly<Record<string, Protection>> = {
  'rmap-uncharge': {
    title: 'There is no memory to link a slot, which is free again, and stays charged',
    without: 'uncharge the slot that is not linked',
    violates: 'ChargeExact',
    on: rmapNoMemoryMemcgPairs['rmap-no-memory-vs-rmdir'],
    counts: [7_709, 19_041, 87],
  },
}

export const scenarios = [
  ...pairScenarios(rmapNoMemoryPairs, largeProperties),
  ...pairScenarios(rmapNoMemorySwapoffPairs, [...largeProperties, ...swapoffProperties]),
  ...pairScenarios(rmapNoMemoryMemcgPairs, memcgProperties),
  ...protectionPairs(ofRange, largeProperties),
  ...protectionPairs(ofCharge, memcgProperties),
]
