/** One scenario for each pair of processes that can meet on a descriptor, and three-way ones where a page comes back to an id. */
import type { Process } from '../../checker/index.js'
import type { State } from './state.js'
import {
  compressed,
  fault,
  fork,
  inSwapCache,
  mapped,
  mappedToo,
  reclaim,
  rewritten,
  shrinker,
  swapoff,
  swappedOut,
  zap,
} from './swap-desc.js'
import {
  aloneOnPte,
  idStays,
  neverLate,
  noLostCopy,
  notMapped,
  notWritten,
  noWrite,
  noZswap,
  slotFound,
  zapOfSwapped,
} from './unreachable.js'

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  readonly counts: readonly [distinct: number, generated: number, depth: number]
}

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })

export const pairs = {
  'fault-vs-fault': {
    title: 'Two threads fault on one PTE',
    run: [read(1), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...noLostCopy },
    counts: [883, 1_596, 47],
  },
  'fault-vs-fault-shared': {
    title: 'Two address spaces hold the id, and both write',
    run: [write(1), write(2)],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 2, folio: 3 },
    unreachable: { ...aloneOnPte, ...noLostCopy },
    counts: [3_213, 6_307, 60],
  },
  'fault-vs-zap': {
    title: 'A thread faults while another unmaps the page',
    run: [write(1), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...noWrite },
    counts: [253, 453, 31],
  },
  'fault-vs-fork': {
    title: 'One owner of the page writes to it, the other forks',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 3 },
    unreachable: {
      ...idStays,
      ...aloneOnPte,
      ...noLostCopy,
      'nobody else looks for the page': ['fault/read_swap_cache.rcu_read_unlock', 'fault/read_swap_cache.folio_put'],
      'the other owner keeps the page in the swap cache': ['fault/folio_free_swap.folio_put'],
      'the page that is forked is out': ['copy_pte_range.copy_present_ptes'],
    },
    counts: [279, 519, 39],
  },
  'zap-vs-zap': {
    title: 'Both owners of a page in the swap cache go',
    run: [zap({ pte: 1 }), zap({ pte: 2 })],
    init: (s) => inSwapCache(s, 2),
    bounds: { pte: 2 },
    unreachable: { ...zapOfSwapped },
    counts: [128, 234, 22],
  },
  'reclaim-vs-fault': {
    title: 'The page goes out while its owner writes to it',
    run: [reclaim({}), write(1)],
    init: (s) => mapped(s, 1),
    unreachable: { ...noZswap, ...aloneOnPte, ...neverLate('fault'), ...noLostCopy },
    counts: [213, 333, 53],
  },
  'reclaim-vs-fault-in-cache': {
    title: 'The page leaves the swap cache while the last one that holds its id faults',
    run: [reclaim({}), read(1)],
    init: (s) => inSwapCache(s, 1),
    unreachable: { ...idStays, ...notWritten, ...aloneOnPte, ...neverLate('fault'), ...noWrite },
    counts: [180, 303, 33],
  },
  'reclaim-vs-fault-rewritten': {
    title: 'A page goes out that has been written to since it came in',
    run: [reclaim({}), read(1)],
    init: rewritten,
    bounds: { slot: 2 },
    unreachable: { ...idStays, ...noZswap, ...aloneOnPte, ...neverLate('fault'), ...noWrite },
    counts: [173, 268, 41],
  },
  'reclaim-vs-zap': {
    title: 'The page goes out while its owner goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => mapped(s, 1),
    unreachable: { ...noZswap },
    counts: [314, 573, 38],
  },
  'reclaim-vs-zap-in-cache': {
    title: 'The page leaves the swap cache while the last one that holds its id goes',
    run: [reclaim({}), zap({ pte: 1 })],
    init: (s) => inSwapCache(s, 1),
    unreachable: { ...noZswap, ...notMapped, ...zapOfSwapped },
    counts: [194, 369, 29],
  },
  'reclaim-vs-fork': {
    title: 'The page goes out while its owner forks',
    run: [reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: (s) => mapped(s, 1),
    bounds: { pte: 2 },
    unreachable: {
      ...idStays,
      ...noZswap,
      'reclaim waits for the fork, and finds all PTEs': ['shrink_folio_list.keep_locked', 'shrink_folio_list.keep'],
    },
    counts: [198, 342, 33],
  },
  'shrinker-vs-fault': {
    title: 'zswap writes the page back while its owner writes to it',
    run: [shrinker({}), write(1)],
    init: (s) => compressed(s, 1),
    unreachable: { ...slotFound, ...aloneOnPte, ...noLostCopy },
    counts: [440, 761, 44],
  },
  'shrinker-vs-fault-no-slot': {
    title: 'zswap is to write the page back, and has nowhere to, while its owner faults',
    run: [shrinker({}), read(1)],
    init(s) {
      compressed(s, 1)
      s.SWP_WRITEOK = false
    },
    unreachable: {
      ...idStays,
      ...aloneOnPte,
      ...noWrite,
      'the device has no slot': ['zswap_writeback_entry.submit_bio_wait', 'zswap_writeback_entry.set_slot'],
    },
    counts: [322, 581, 28],
  },
  'shrinker-vs-zap': {
    title: 'zswap writes the page back while its owner goes',
    run: [shrinker({}), zap({ pte: 1 })],
    init: (s) => compressed(s, 1),
    unreachable: { ...slotFound, ...zapOfSwapped },
    counts: [174, 331, 25],
  },
  'shrinker-vs-reclaim': {
    title: 'zswap writes its oldest page back while another page goes to zswap',
    run: [shrinker({}), reclaim({})],
    init(s) {
      compressed(s, 1)
      mappedToo(s)
    },
    bounds: { pte: 2, entry: 2, desc: 2, zentry: 2, folio: 3, slot: 2 },
    unreachable: {
      ...idStays,
      ...slotFound,
      'the entry that the shrinker has taken stays': ['zswap_writeback_entry.drop'],
      'zswap has room': ['swap_writepage.swap_slot_alloc', 'swap_writepage.submit_bio_wait', 'swap_writepage.set_slot'],
    },
    counts: [332, 619, 35],
  },
  'swapoff-vs-fault': {
    title: 'The device is taken away while a page comes in from it',
    run: [swapoff({}), write(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...aloneOnPte, ...noLostCopy },
    counts: [945, 1_753, 50],
  },
  'swapoff-vs-zap': {
    title: 'The device is taken away while the last one that holds an id goes',
    run: [swapoff({}), zap({ pte: 1 })],
    init: (s) => swappedOut(s, 1),
    unreachable: { ...zapOfSwapped },
    counts: [273, 527, 31],
  },
  'swapoff-vs-reclaim': {
    title: 'The device is taken away while a page goes out to it',
    run: [swapoff({}), reclaim({})],
    init: (s) => mapped(s, 1),
    unreachable: { ...idStays, ...noZswap, ...neverLate('swapoff') },
    counts: [249, 437, 39],
  },
  'swapoff-vs-shrinker': {
    title: 'The device is taken away while zswap writes a page back to it',
    run: [swapoff({}), shrinker({})],
    init: (s) => compressed(s, 1),
    unreachable: {
      ...idStays,
      'the page is in the swap cache from before it is on the device': [
        'swapoff/read_swap_cache.folio_alloc',
        'swapoff/read_swap_cache.add_to_swap_cache',
        'swapoff/read_swap_cache.swap_read_folio',
        'swapoff/read_swap_cache.folio_unlock',
        'swapoff/read_swap_cache.folio_put',
      ],
      'the entry that the shrinker has taken stays': ['zswap_writeback_entry.drop'],
    },
    counts: [117, 200, 24],
  },
  'swapoff-reclaim-fault': {
    title: 'The device is taken away while a page comes in from it, and is to go out again',
    run: [swapoff({}), reclaim({}), read(1)],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...idStays,
      ...noZswap,
      ...aloneOnPte,
      ...noWrite,
      'the device has no slot for a page that comes from it': ['swap_writepage.submit_bio_wait', 'swap_writepage.set_slot'],
    },
    counts: [5_537, 14_427, 65],
  },
  'fault-fault-reclaim': {
    title: 'The page comes in, is copied, and the copy goes out under the same id, while another fault has the old page in hand',
    run: [read(1), write(1), reclaim({})],
    init: (s) => inSwapCache(s, 1),
    bounds: { folio: 3 },
    unreachable: { ...noZswap },
    counts: [12_032, 30_231, 95],
  },
} satisfies Readonly<Record<string, Pair>>
