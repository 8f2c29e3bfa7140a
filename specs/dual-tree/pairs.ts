/** One scenario for each pair of processes that can meet in the tree, and three-way ones where a page comes back to an index. Each is for all three designs. */
import type { Process } from '../../checker/index.js'
import { fault, fork, inTree, inTreeAndMapped, mapped, reclaim, swapoff, swappedOut, zap } from './dual-tree.js'
import type { State } from './state.js'
import { aloneOnPte, countStays, forkOfSwapped, noHit, noLostCopy, noWrite, noZeroes, pageInTree, zapOfSwapped } from './unreachable.js'

export type Counts = readonly [distinct: number, generated: number, depth: number]

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  /** In every design; the steps of the second tree are added where there is none. */
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  /** Steps of the second tree that do not fire with it either, and why. */
  readonly unlocked?: Readonly<Record<string, readonly string[]>>
  /** Where the counts have no tree of their own: beside what is in the tree, and in the page. */
  readonly counts: Counts
  /** Where they have one. */
  readonly second: Counts
}

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })

export const pairs = {
  'fault-vs-fault': {
    title: 'Two threads fault on one PTE',
    run: [read(1), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...pageInTree, ...noZeroes('fault'), ...noLostCopy },
    counts: [737, 1_281, 43],
    second: [773, 1_345, 44],
  },
  'fault-vs-fault-shared': {
    title: 'Two address spaces hold the index, and both write',
    run: [write(1), write(2)],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 2, folio: 3 },
    unreachable: { ...pageInTree, ...noZeroes('fault'), ...noLostCopy, ...aloneOnPte },
    counts: [2_558, 4_673, 56],
    second: [2_766, 5_065, 58],
  },
  'fault-vs-zap': {
    title: 'One owner of the page writes to it, the other goes',
    run: [write(1), zap({ pte: 2 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 2 },
    unreachable: {
      ...pageInTree,
      ...noZeroes('fault'),
      ...noLostCopy,
      ...aloneOnPte,
      ...noHit('fault'),
      ...zapOfSwapped,
      'the fault holds the index until it has read the page': ['zap/swap_free.swap_slot_free', 'zap/delete_from_swap_cache.swap_slot_free'],
    },
    counts: [407, 729, 41],
    second: [434, 782, 43],
  },
  'fault-vs-fork': {
    title: 'One owner of the page writes to it, the other forks',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 3 },
    unreachable: {
      ...pageInTree,
      ...noZeroes('fault'),
      ...noLostCopy,
      ...aloneOnPte,
      ...noHit('fault'),
      ...forkOfSwapped,
      'the other owner keeps the page in the tree': ['fault/delete_from_swap_cache.folio_put'],
    },
    unlocked: { 'the count never falls to 0': ['fault/swap_free.erase'] },
    counts: [260, 478, 37],
    second: [248, 457, 38],
  },
  'zap-vs-fork': {
    title: 'One owner of the page forks, the other goes',
    run: [zap({ pte: 2 }), fork({ src_pte: 1, dst_pte: 3 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 3 },
    unreachable: {
      ...zapOfSwapped,
      ...forkOfSwapped,
      'the count never falls to 0': [
        'zap/swap_free.swap_slot_free',
        'zap_pte_range.folio_put',
        'try_to_reclaim_swap.*',
        'free_swap_cache.*',
        'delete_from_swap_cache.swapped',
        'delete_from_swap_cache.swap_slot_free',
        'delete_from_swap_cache.folio_put',
      ],
    },
    unlocked: { 'nothing is erased': ['zap/swap_free.erase', 'zap/delete_from_swap_cache.radix_tree_delete'] },
    counts: [48, 83, 13],
    second: [48, 83, 13],
  },
  'reclaim-vs-fault': {
    title: 'The page goes out while its owner writes to it',
    run: [reclaim({}), write(1)],
    init: (s) => mapped(s, 1),
    unreachable: {
      ...countStays,
      ...aloneOnPte,
      ...noLostCopy,
      ...noZeroes('fault'),
      'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
    },
    counts: [196, 291, 48],
    second: [208, 310, 50],
  },
  'fault-vs-reclaim': {
    title: 'The page comes in, and goes out again',
    run: [read(1), reclaim({})],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...countStays,
      ...aloneOnPte,
      ...noZeroes('fault'),
      ...noWrite,
      'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
    },
    counts: [204, 342, 53],
    second: [217, 365, 56],
  },
  'zeroes-vs-fault': {
    title:
      'Reclaim skips the write of a page of zeroes while its owners fault: "either the faulting process gets the old page, or it gets a new one"',
    run: [reclaim({}), read(1), write(2)],
    init(s) {
      mapped(s, 2)
      s.zeroes = 1
    },
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      ...pageInTree,
      ...countStays,
      ...aloneOnPte,
      'zeroes are not read': ['fault/read_swap_cache.swap_read_folio', 'fault/read_swap_cache.swap_slot_free'],
    },
    counts: [5_838, 13_145, 73],
    second: [6_115, 13_752, 76],
  },
  'reclaim-vs-zap': {
    title: 'The page goes out while its owner goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => mapped(s, 1),
    unreachable: {},
    counts: [256, 443, 34],
    second: [279, 482, 36],
  },
  'reclaim-vs-zap-in-tree': {
    title: 'The page that nobody has mapped goes out of the tree while the last one that holds its index goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => inTree(s, 1),
    unreachable: { ...zapOfSwapped, 'nobody has mapped the page': ['try_to_unmap.*', 'reclaim/swap_duplicate.add'] },
    counts: [185, 334, 24],
    second: [212, 383, 26],
  },
  'reclaim-vs-zap-of-another': {
    title: 'The page of one owner goes out under its index again while the last other one that holds the index goes',
    run: [reclaim({}), zap({ pte: 2 })],
    init: (s) => inTreeAndMapped(s, 2),
    bounds: { pte: 2 },
    unreachable: {
      ...countStays,
      ...zapOfSwapped,
      'the first owner keeps the slot': ['zap/swap_free.swap_slot_free', 'zap/delete_from_swap_cache.swap_slot_free'],
    },
    counts: [315, 585, 33],
    second: [339, 629, 35],
  },
  'reclaim-vs-fault-in-tree': {
    title: 'The page that nobody has mapped goes out of the tree while the last one that holds its index faults',
    run: [reclaim({}), read(1)],
    init: (s) => inTree(s, 1),
    unreachable: {
      ...countStays,
      ...aloneOnPte,
      ...noZeroes('fault'),
      ...noWrite,
      'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
    },
    counts: [214, 354, 34],
    second: [227, 377, 36],
  },
  'reclaim-vs-fork': {
    title: 'The page goes out while its owner forks',
    run: [reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => mapped(s, 1),
    bounds: { pte: 2 },
    unreachable: {
      ...countStays,
      'reclaim waits for the fork, and finds all PTEs': ['shrink_folio_list.keep_locked', 'shrink_folio_list.keep'],
    },
    counts: [168, 287, 29],
    second: [176, 301, 30],
  },
  'swapoff-vs-fault': {
    title: 'The device is taken away while a page comes in from it',
    run: [swapoff({}), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...pageInTree, ...noZeroes('fault', 'swapoff'), ...noLostCopy, ...aloneOnPte },
    counts: [774, 1_373, 44],
    second: [811, 1_439, 46],
  },
  'swapoff-vs-zap': {
    title: 'The device is taken away while the last one that holds an index goes',
    run: [swapoff({}), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...zapOfSwapped,
      ...noZeroes('swapoff'),
      ...noHit('swapoff'),
      'a page that swapoff has read has no slot': ['zap/delete_from_swap_cache.swap_slot_free'],
    },
    counts: [210, 373, 29],
    second: [232, 414, 31],
  },
  'swapoff-vs-reclaim': {
    title: 'The device is taken away while a page goes out to it',
    run: [swapoff({}), reclaim({})],
    init: (s) => mapped(s, 1),
    unreachable: { ...countStays, ...noZeroes('swapoff') },
    counts: [239, 406, 35],
    second: [243, 414, 36],
  },
  'swapoff-vs-fork': {
    title: 'The device is taken away while an owner of a page on it forks; no page table is looked at',
    run: [swapoff({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => swappedOut(s, 1),
    bounds: { pte: 2 },
    unreachable: { ...forkOfSwapped, ...noZeroes('swapoff'), ...noHit('swapoff') },
    counts: [148, 268, 23],
    second: [128, 233, 23],
  },
  'fork-of-the-last-count': {
    title: 'A fork needs a count that there is no room for, while the owner faults',
    run: [fork({ src_pte: 1, dst_pte: 2 }), read(1)],
    init(s) {
      swappedOut(s, 1)
      s.SWAP_COUNT_MAX = 1
    },
    bounds: { pte: 2 },
    unreachable: {
      ...aloneOnPte,
      ...noZeroes('fault'),
      ...noWrite,
      ...noHit('fault'),
      'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
    },
    counts: [131, 225, 25],
    second: [135, 231, 26],
  },
  'fault-fault-reclaim': {
    title: 'The page comes in, is copied, and the copy goes out under the same index, while another fault has the old page in hand',
    run: [read(1), write(1), reclaim({})],
    init: (s) => inTree(s, 1),
    bounds: { folio: 3 },
    unreachable: { ...noZeroes('fault'), 'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'] },
    counts: [11_827, 29_025, 85],
    second: [12_386, 30_412, 89],
  },
  'reclaim-fault-zap': {
    title: 'The page goes out of the tree while one that holds its index writes to it, and the other goes',
    run: [reclaim({}), write(1), zap({ pte: 2 })],
    init: (s) => inTree(s, 2),
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      ...aloneOnPte,
      ...noZeroes('fault'),
      ...zapOfSwapped,
      'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
    },
    counts: [13_155, 34_235, 87],
    second: [14_144, 36_849, 92],
  },
} satisfies Readonly<Record<string, Pair>>
