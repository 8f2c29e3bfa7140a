/**
 * Slots that are bad: those of which the header of the device says so, and those of a cluster that is being discarded. Each with the protections that keep them
 * from being handed out, and the device from being torn down.
 */
import { process, type Scenario } from '../../../checker/index.js'
import { swap_discard_work } from '../discard-work.js'
import { largeProperties } from '../large-properties.js'
import type { State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, mapped, reclaim, swappedOut, zap } from '../vswap.js'
import { mappedLarge, nthOf, twoPages } from './large-states.js'
import { lastEntryIsHeld, otherPageIsHeld } from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { neverCached } from './shmem-backing-unreachable.js'
import { readLeavesCache, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { nothingCached } from './thp-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  entryStays,
  nobodyElseFaults,
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

const swapoff = process('swapoff', swapoff_syscall)
const discard = process('discard', swap_discard_work)
const read = (pte: number) => fault({ pte, write: false })

/** The header says that this slot is bad, from 1. */
const withBadSlot =
  (n: number, start: (s: State) => void) =>
  (s: State): void => {
    start(s)
    const slot = nthOf(s.swap_map.ids, n - 1)
    s.badpages[slot] = true
    s.swap_map[slot] = 'SWAP_MAP_BAD'
  }

const discarding =
  (start: (s: State) => void) =>
  (s: State): void => {
    start(s)
    s.device.SWP_PAGE_DISCARD = true
  }

/** The page of the first PTE is out, in this slot; the second PTE has another in memory. */
const oneOutOneMapped = (n: number) => (s: State) => {
  mapped(s)
  const [first, second] = [nthOf(s.pte.ids, 0), nthOf(s.pte.ids, 1)]
  Object.assign(s.pte[second], { kind: 'present', folio: s.pte[first].folio, writable: true, dirty: true, stored: 2 })
  s.folio[nthOf(s.folio.ids, 0)].data = 2
  Object.assign(s.pte[first], { folio: 0, writable: false, dirty: false })
  swappedOut(s, 1)
  const [from, to] = [nthOf(s.swap_map.ids, 0), nthOf(s.swap_map.ids, n - 1)]
  const entry = s.vswap_rmap[from]
  s.vswap_rmap[from] = 0
  s.swap_map[from] = '0'
  s.vswap_rmap[to] = entry
  s.swap_map[to] = 'SWAP_MAP_ALLOCATED'
  s.medium[from] = 0
  s.medium[to] = 1
  s.desc[nthOf(s.desc.ids, 0)].slot = to
}

const twoPtes = { pte: 2, entry: 2, desc: 2 }

/** Where the page that is out is unmapped, and the other is reclaimed. */
const oneOutOneReclaimed = {
  ...swapfileOnly('zap', 'reclaim'),
  ...zapOfSwapped,
  ...nothingCached('zap'),
  ...neverCached,
  ...stillSwapped,
  ...writtenOnce,
  ...asynchronousWrite,
  ...noRead,
}

const pairs = {
  'bad-slot-reclaim-vs-fault': {
    title: 'The first slot of the device is bad; a page goes out to the second, and comes back',
    run: [reclaim({}), read(1)],
    init: withBadSlot(1, mapped),
    bounds: { slot: 2 },
    unreachable: {
      ...swapfileOnly('reclaim', 'fault'),
      ...entryStays,
      ...asynchronous,
      ...asynchronousWrite,
      ...stillSwapped,
      ...writtenOnce,
      ...slotsSuffice,
      ...pinned,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...readLeavesCache,
    },
    counts: [1_815, 3_453, 133],
  },
  'bad-slot-large-vs-zap': {
    title: 'A folio of two pages goes out to two slots in a row, past a bad one, while its first page is unmapped',
    run: [reclaim({}), zap({ pte: 1 })],
    init: withBadSlot(2, (s) => mappedLarge(s, 2)),
    bounds: { ...twoPages, slot: 4 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...otherPageIsHeld,
      ...lastEntryIsHeld,
    },
    counts: [2_266, 4_291, 129],
  },
  'bad-slot-swapoff': {
    title: 'A device with a bad slot is switched off, and on again, while the page on it is unmapped',
    run: [swapoff({ type: 1, again: true }), zap({ pte: 1 })],
    init: watched(withBadSlot(2, (s) => swappedOut(s, 1))),
    bounds: { slot: 2 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...zapOfSwapped,
    },
    counts: [3_751, 7_967, 101],
  },
  'bad-slot-discard': {
    title: 'A device that discards has a bad slot: its cluster never counts as empty, and a page that goes out passes it',
    run: [zap({ pte: 1 }), reclaim({}), discard({ type: 1, mayIdle: true })],
    init: discarding(withBadSlot(1, oneOutOneMapped(2))),
    bounds: { ...twoPtes, slot: 2 },
    unreachable: {
      ...oneOutOneReclaimed,
      'the bad slot keeps the cluster from being empty': ['discard/swap_discard_work.free_cluster'],
    },
    counts: [6_086, 15_690, 100],
  },
  'discard-vs-reclaim': {
    title: 'A page goes out to a slot whose last page is gone, and that is discarded',
    run: [zap({ pte: 1 }), reclaim({}), discard({ type: 1, mayIdle: false })],
    init: discarding(oneOutOneMapped(1)),
    bounds: twoPtes,
    unreachable: oneOutOneReclaimed,
    counts: [6_146, 15_847, 101],
  },
  'discard-vs-swapoff': {
    title: 'The device is switched off while its last slot is given back, and discarded',
    run: [zap({ pte: 1 }), swapoff({ type: 1, again: false }), discard({ type: 1, mayIdle: false })],
    init: discarding(watched((s) => swappedOut(s, 1))),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...zapOfSwapped,
      ...staysOff,
    },
    counts: [7_659, 20_123, 100],
  },
} satisfies Readonly<Record<string, Pair>>

const ofSwapoff = new Set<string>(['bad-slot-swapoff', 'discard-vs-swapoff'])
const propertiesOf = (name: string) => (ofSwapoff.has(name) ? swapoffProperties : name === 'bad-slot-large-vs-zap' ? largeProperties : [])

const onSlots: Readonly<Record<string, Protection>> = {
  'bad-slot': {
    title: 'A page goes out to a slot of which the header says that it is bad',
    without: 'pass over a bad slot',
    violates: 'BackingLive',
    on: pairs['bad-slot-reclaim-vs-fault'],
    counts: [997, 1_807, 75],
  },
  'bad-slot-count': {
    title: 'A cluster whose one good slot is free counts as empty: it is discarded, and all of its slots are good after that',
    without: 'count the bad slots of a cluster',
    violates: 'BackingLive',
    on: pairs['bad-slot-discard'],
    counts: [8_408, 21_347, 93],
  },
  'discard-slots': {
    title: 'A slot is allocated and written to before its cluster is discarded',
    without: 'keep off a cluster that is being discarded',
    violates: 'BackingLive',
    on: pairs['discard-vs-reclaim'],
    counts: [7_811, 20_371, 92],
  },
}

const onDevice: Readonly<Record<string, Protection>> = {
  'discard-flush': {
    title: 'A cluster is discarded on a device that is gone',
    without: 'flush the discards of the device in swapoff',
    violates: 'NoUseAfterFree',
    on: pairs['discard-vs-swapoff'],
    counts: [1_896, 4_677, 32],
  },
}

export const scenarios: readonly Scenario[] = [
  ...Object.entries(pairs).flatMap(([name, pair]) => pairScenarios({ [name]: pair }, propertiesOf(name))),
  ...protectionPairs(onSlots),
  ...protectionPairs(onDevice, swapoffProperties),
]
