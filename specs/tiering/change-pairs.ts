/** Changes of the configuration, with no migration, at once, and later. */

import type { Pair } from './pair.js'
import type { State } from './state.js'
import { down, inPool, out, two, up, write } from './threads.js'
import { allOut, inSwapCache, kmigrated, mapped, swap_tiers, swap_tiers_now, swappedOut, tiers, zap } from './tiering.js'
import {
  aloneOnPte,
  changedBefore,
  changeFindsFolio,
  changeFirst,
  keepsNothing,
  looksAgain,
  neverCopied,
  noFolioOfMove,
  noLostCopy,
  noOtherFolio,
  notInCacheAsItGoes,
  notMapped,
  notWritten,
  roomForAll,
  waitsForRoom,
  zapOfSwapped,
} from './unreachable.js'

const noPool = swap_tiers({ memcg: 1, tier: 1 })

const noPoolNow = swap_tiers_now({ memcg: 1, tier: 1 })

const migrated = kmigrated({ from: 1, to: 2 })

const migrating = (migration: State['migration'], init: (s: State) => void) => (s: State) => {
  init(s)
  s.migration = migration
}

export const changePairs = {
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
