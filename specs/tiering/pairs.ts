/** Processes that meet on a page: moves against everything else, selection, and changes of the configuration. Moves are explored with the right to move had in both ways. */
import type { Process } from '../../checker/index.js'
import type { State } from './state.js'
import {
  allOut,
  demote,
  fault,
  fork,
  inSwapCache,
  kmigrated,
  mapped,
  mayUseDeviceOnly,
  promote,
  reclaim,
  swap_tiers,
  swap_tiers_now,
  swappedOut,
  tiers,
  zap,
} from './tiering.js'
import {
  aloneOnPte,
  changedBefore,
  changeFindsFolio,
  changeFirst,
  childStays,
  forkOfSwapped,
  foundInCache,
  keepsNothing,
  looksAgain,
  neverCopied,
  noChange,
  noFolioOfMove,
  noLostCopy,
  noOtherFolio,
  notInCacheAsItGoes,
  notMapped,
  notWritten,
  noWrite,
  roomForAll,
  waitsForRoom,
  zapOfSwapped,
} from './unreachable.js'

/** lock, cache: how the right to move is had. alone: nobody moves anything. */
export type Design = 'lock' | 'cache' | 'alone'
export type Counts = readonly [distinct: number, generated: number, depth: number]

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable?: Readonly<Record<string, readonly string[]>>
  /** What only one of the designs does not reach. */
  readonly unreachableIn?: Partial<Record<Design, Readonly<Record<string, readonly string[]>>>>
  /** By the designs that it is explored in. */
  readonly counts: Partial<Record<Design, Counts>>
}

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })
const down = (nr = 1) => demote({ from: 1, to: 2, nr, lazy: false })
const up = promote({ from: 2, to: 1, nr: 1, lazy: false })
const out = reclaim({ memcg: 1 })
const noPool = swap_tiers({ memcg: 1, tier: 1 })
const noPoolNow = swap_tiers_now({ memcg: 1, tier: 1 })
const migrated = kmigrated({ from: 1, to: 2 })

/** The page is in the pool, which has one slot, as has the device. */
const inPool = (ptes: number) => (s: State) => {
  tiers(s, 1)
  swappedOut(s, ptes, 0)
}

/** Two pages are in the pool. */
const twoInPool = (s: State) => {
  tiers(s, 2)
  allOut(s, 2)
}
const two = { pte: 2, entry: 2 }

const compressed = (init: (s: State) => void) => (s: State) => {
  init(s)
  s.compressed_writeback = true
}

const migrating = (migration: State['migration'], init: (s: State) => void) => (s: State) => {
  init(s)
  s.migration = migration
}

const moves = {
  'demote-vs-fault': {
    title: 'A page is moved down while its owner writes to it',
    run: [down(), write(1)],
    init: inPool(1),
    unreachable: { ...roomForAll, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove, ...neverCopied }, cache: { ...noLostCopy } },
    counts: { lock: [95, 153, 23], cache: [328, 541, 40] },
  },
  'demote-vs-zap': {
    title: 'A page is moved down while its owner goes',
    run: [down(), zap({ pte: 1 })],
    init: inPool(1),
    unreachable: { ...roomForAll, ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [45, 77, 11], cache: [132, 222, 22] },
  },
  'demote-vs-fork': {
    title: 'A page is moved down while its owner forks',
    run: [down(), fork({ src_pte: 1, dst_pte: 2 })],
    init: inPool(1),
    bounds: { pte: 2 },
    unreachable: { ...roomForAll, ...forkOfSwapped },
    unreachableIn: { cache: { ...noOtherFolio } },
    counts: { lock: [56, 98, 14], cache: [88, 158, 18] },
  },
  'demote-vs-reclaim': {
    title: 'A page is to be moved down while it leaves the swap cache',
    run: [down(), out],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...roomForAll, ...notMapped, ...notWritten, ...keepsNothing },
    unreachableIn: { cache: { ...noOtherFolio } },
    counts: { lock: [42, 64, 15], cache: [59, 84, 19] },
  },
  'demote-reclaim-fault': {
    title: 'A page comes in, is written to, and goes out again, while it is being moved down',
    run: [down(), out, write(1)],
    init: inPool(1),
    bounds: { slot: 3 },
    unreachable: { ...roomForAll, ...noChange, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [1_997, 4_594, 54], cache: [6_094, 14_529, 85] },
  },
  'promote-vs-fault': {
    title: 'A page is moved up while its owner reads it',
    run: [up, read(1)],
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 1)
    },
    unreachable: { ...roomForAll, ...aloneOnPte, ...noWrite },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [95, 153, 23], cache: [268, 457, 27] },
  },
  'demote-vs-promote': {
    title: 'One thread moves a page down, another moves it up again',
    run: [down(), up],
    init: inPool(1),
    unreachable: { ...roomForAll },
    unreachableIn: { cache: { ...noOtherFolio, ...foundInCache } },
    counts: { lock: [27, 38, 13], cache: [33, 53, 13] },
  },
  'demote-vs-demote': {
    title: 'Two threads move pages down, and there is a slot for one',
    run: [down(), down()],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    counts: { lock: [98, 165, 13], cache: [514, 917, 24] },
  },
  'batch-vs-fault': {
    title: 'Two pages are written back in one request, while the owner of one writes to it',
    run: [down(2), write(1)],
    init: twoInPool,
    bounds: { ...two, slot: 4, folio: 4 },
    unreachable: { ...roomForAll, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove, ...neverCopied }, cache: { ...noLostCopy } },
    counts: { lock: [182, 319, 26], cache: [1_096, 1_950, 47] },
  },
  'batch-vs-zap': {
    title: 'Two pages are written back in one request, while the owner of one goes',
    run: [down(2), zap({ pte: 1 })],
    init: twoInPool,
    bounds: { ...two, slot: 4, folio: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [81, 137, 15], cache: [265, 464, 30] },
  },
  'batch-short-vs-fault': {
    title: 'Two pages are to be written back, and there is a slot for one, while the owner of the other faults',
    run: [down(2), read(2)],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...aloneOnPte, ...noWrite },
    unreachableIn: { lock: { ...noFolioOfMove } },
    counts: { lock: [158, 288, 24], cache: [723, 1_328, 34] },
  },
  'batch-short-vs-zap': {
    title: 'Two pages are to be written back, and there is a slot for one, while the owner of the other goes',
    run: [down(2), zap({ pte: 2 })],
    init: twoInPool,
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [66, 115, 13], cache: [196, 349, 29] },
  },
  'compressed-vs-fault': {
    title: 'A page is written back as it is in the pool, while its owner reads it, from wherever it is',
    run: [down(), read(1)],
    init: compressed(inPool(1)),
    unreachable: { ...roomForAll, ...aloneOnPte, ...noFolioOfMove, ...noWrite },
    counts: { lock: [95, 153, 23] },
  },
  'compressed-batch-vs-fault': {
    title: 'Two compressed pages are written to one slot, while the owner of one writes to it',
    run: [down(2), write(1)],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3, folio: 3 },
    unreachable: { ...roomForAll, ...aloneOnPte, ...noFolioOfMove, ...neverCopied },
    counts: { lock: [182, 319, 26] },
  },
  'compressed-batch-vs-zap': {
    title: 'Two compressed pages are written to one slot, while the owner of one goes',
    run: [down(2), zap({ pte: 1 })],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { lock: [81, 137, 15] },
  },
  'compressed-promote-zap': {
    title: 'Two compressed pages are written to one slot; one is moved up again, and the owner of the other goes',
    run: [down(2), up, zap({ pte: 2 })],
    init: compressed(twoInPool),
    bounds: { ...two, slot: 3 },
    unreachable: { ...roomForAll, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { lock: [393, 927, 21] },
  },
} satisfies Readonly<Record<string, Pair>>

const selection = {
  'fault-vs-fault': {
    title: 'Two threads fault on one PTE',
    run: [read(1), write(1)],
    init: inPool(1),
    unreachable: { ...noLostCopy },
    counts: { alone: [663, 1_143, 42] },
  },
  'fault-vs-fault-shared': {
    title: 'Two threads fault on one of two PTEs that hold the entry',
    run: [read(1), read(1)],
    init: inPool(2),
    bounds: { pte: 2 },
    unreachable: { ...noWrite },
    counts: { alone: [368, 643, 32] },
  },
  'fault-vs-fork': {
    title: 'The owner of the page writes to it, and forks',
    run: [write(1), fork({ src_pte: 1, dst_pte: 2 })],
    init: inPool(1),
    bounds: { pte: 2, folio: 3 },
    unreachable: { ...aloneOnPte, ...noFolioOfMove, ...noLostCopy, ...childStays },
    counts: { alone: [166, 272, 36] },
  },
  'fork-vs-zap': {
    title: 'The owner of the page forks, and goes',
    run: [fork({ src_pte: 1, dst_pte: 2 }), zap({ pte: 1 })],
    init: inPool(1),
    bounds: { pte: 2 },
    unreachable: { ...forkOfSwapped, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { alone: [32, 42, 13] },
  },
  'fault-fault-reclaim': {
    title: 'The page comes in, is copied, and the copy goes out under the same entry, while another fault has the old page in hand',
    run: [read(1), write(1), out],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    bounds: { folio: 3 },
    unreachable: { ...noChange },
    counts: { alone: [9_644, 22_455, 86] },
  },
  'reclaim-vs-fault': {
    title: 'The page leaves the swap cache while the last one that holds its entry faults',
    run: [out, read(1)],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...notWritten, ...aloneOnPte, ...noFolioOfMove, ...noWrite },
    counts: { alone: [144, 235, 29] },
  },
  'reclaim-vs-zap-in-cache': {
    title: 'The page leaves the swap cache while the last one that holds its entry goes',
    run: [out, zap({ pte: 1 })],
    init(s) {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    },
    unreachable: { ...notMapped, ...noChange, ...zapOfSwapped },
    counts: { alone: [142, 246, 27] },
  },
  'reclaim-vs-zap': {
    title: 'A page goes out, to the device if the pool is full, while the owner of what is in the pool goes',
    run: [out, zap({ pte: 1 })],
    init(s) {
      tiers(s, 1)
      swappedOut(s, 1, 0)
      mapped(s, 1)
    },
    bounds: two,
    unreachable: { ...keepsNothing, ...noChange, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { alone: [231, 399, 29] },
  },
  'two-cgroups': {
    title: 'Pages of two cgroups go out at once; one may use the device alone',
    run: [out, reclaim({ memcg: 2 })],
    init(s) {
      tiers(s, 1)
      mapped(s)
      mapped(s, 1)
      mayUseDeviceOnly(s)
    },
    bounds: { ...two, memcg: 2 },
    unreachable: { ...keepsNothing, ...noChange },
    counts: { alone: [2_125, 4_069, 47] },
  },
} satisfies Readonly<Record<string, Pair>>

const changes = {
  'change-vs-reclaim': {
    title: 'A page goes out to a tier that its cgroup is just being denied',
    run: [noPool, out],
    init(s) {
      tiers(s, 1)
      mapped(s)
    },
    unreachable: { ...keepsNothing },
    counts: { alone: [54, 75, 23] },
  },
  'change-vs-demote': {
    title: 'A page is moved to a tier that its cgroup is just being denied; what is out stays where it is',
    run: [swap_tiers({ memcg: 1, tier: 2 }), down()],
    init: inPool(1),
    unreachable: { ...roomForAll },
    counts: { lock: [16, 21, 8], cache: [28, 36, 12] },
  },
  'now-vs-fault': {
    title: 'A change brings the pages of a tier in, while the owner of one writes to it',
    run: [noPoolNow, write(1)],
    init: migrating('now', inPool(1)),
    unreachable: { ...aloneOnPte, ...noLostCopy },
    counts: { alone: [628, 1_097, 43] },
  },
  'now-vs-zap': {
    title: 'A change brings the pages of a tier in, while the owner of one goes',
    run: [noPoolNow, zap({ pte: 1 })],
    init: migrating('now', inPool(1)),
    unreachable: { ...zapOfSwapped },
    counts: { alone: [154, 266, 25] },
  },
  'now-vs-reclaim': {
    title: 'A change brings the pages of a tier in, and they go out again, to another',
    run: [noPoolNow, out],
    init: migrating('now', inPool(1)),
    unreachable: { ...changeFirst, ...notMapped, ...changedBefore },
    counts: { alone: [110, 189, 28] },
  },
  'now-vs-going-out': {
    title: 'A change empties a tier while a page is on its way there',
    run: [noPoolNow, out],
    init: migrating('now', (s) => {
      tiers(s, 1)
      mapped(s)
    }),
    unreachable: { ...changeFirst },
    counts: { alone: [154, 248, 35] },
  },
  'now-vs-demote': {
    title: 'A change brings the pages of a tier in, while another thread moves one of them',
    run: [noPoolNow, down()],
    init: migrating('now', inPool(1)),
    unreachable: { ...roomForAll },
    unreachableIn: { lock: { ...changeFirst } },
    counts: { lock: [82, 130, 20], cache: [226, 385, 24] },
  },
  'now-vs-promote': {
    title: 'A change brings the pages of a tier in, while another thread moves one there',
    run: [noPoolNow, up],
    init: migrating('now', (s) => {
      tiers(s, 1)
      swappedOut(s, 1, 1)
    }),
    unreachable: { ...roomForAll },
    unreachableIn: { lock: { ...changeFirst }, cache: { ...changeFindsFolio } },
    counts: { lock: [44, 63, 20], cache: [74, 116, 20] },
  },
  'lazy-vs-fault': {
    title: 'What a change has left behind is moved in the background, while its owner writes to it',
    run: [noPool, migrated, write(1)],
    init: migrating('lazy', inPool(1)),
    unreachable: { ...roomForAll, ...looksAgain, ...aloneOnPte },
    unreachableIn: { lock: { ...noFolioOfMove, ...neverCopied }, cache: { ...noLostCopy } },
    counts: { lock: [163, 285, 27], cache: [455, 787, 44] },
  },
  'lazy-vs-zap': {
    title: 'What a change has left behind is moved in the background, while its owner goes',
    run: [noPool, migrated, zap({ pte: 1 })],
    init: migrating('lazy', inPool(1)),
    unreachable: { ...roomForAll, ...looksAgain, ...zapOfSwapped },
    unreachableIn: { lock: { ...notInCacheAsItGoes } },
    counts: { lock: [66, 116, 14], cache: [172, 297, 26] },
  },
  'lazy-vs-reclaim': {
    title: 'What a change has left behind is in the swap cache, and goes out again',
    run: [noPool, migrated, out],
    init: migrating('lazy', (s) => {
      tiers(s, 1)
      inSwapCache(s, 1, 0)
    }),
    unreachable: { ...roomForAll, ...looksAgain, ...notMapped, ...notWritten },
    unreachableIn: { cache: { ...noOtherFolio } },
    counts: { lock: [63, 100, 19], cache: [81, 121, 23] },
  },
  'lazy-demote-zap': {
    title: 'What a change has left behind is being moved already, to a device that is full until the owner of what is there goes',
    run: [noPool, migrated, down(), zap({ pte: 2 })],
    init: migrating('lazy', (s) => {
      tiers(s, 1)
      allOut(s, 2)
    }),
    bounds: two,
    unreachable: { ...looksAgain, ...waitsForRoom, ...zapOfSwapped, ...notInCacheAsItGoes },
    counts: { lock: [330, 791, 19], cache: [948, 2_326, 26] },
  },
} satisfies Readonly<Record<string, Pair>>

export const pairs = { ...moves, ...selection, ...changes }
