/**
 * One scenario for each pair of processes that can meet on an entry. Two processes that mmap_lock keeps apart (a fork and anything else
 * in the parent's address space) meet through a second PTE that holds the same entry.
 */
import { type Process, type Scenario, scenario } from '../../../checker/index.js'
import type { State } from '../state.js'
import { fault, fork, inSwapCache, mapped, reclaim, swappedOut, vswap, zap } from '../vswap.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  entryStays,
  forkOfSwapped,
  freeSwapCache,
  nobodyElseFaults,
  noCacheHit,
  noDirectRead,
  noRead,
  noReclaim,
  nothingToFree,
  onlyDirectReads,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })

/** The device completes I/O later. */
const async = (start: (s: State) => void) => (s: State) => start(s)
/** The device completes I/O before swap_read_folio() returns: an entry with one reference is read without the swap cache. */
const sync = (start: (s: State) => void) => (s: State) => {
  s.SWP_SYNCHRONOUS_IO = true
  start(s)
}
const out = (ptes: number) => (s: State) => swappedOut(s, ptes)
const cached = (ptes: number) => (s: State) => inSwapCache(s, ptes)

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  /** Distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

export const pairs = {
  'direct-vs-direct': {
    title: 'Two threads fault on one PTE; the device is synchronous',
    run: [read(1), write(1)],
    init: sync(out(1)),
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...pinned,
      'the pin keeps the PTE as it was': ['do_swap_page.out_nomap'],
      ...onlyDirectReads,
      ...noCacheHit,
      ...nothingToFree,
    },
    counts: [6_496, 12_865, 106],
  },
  'cached-vs-cached': {
    title: 'Two threads fault on one PTE, through the swap cache',
    run: [read(1), write(1)],
    init: async(out(1)),
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
    },
    counts: [9_481, 19_353, 129],
  },
  'direct-vs-cached': {
    title: 'Two address spaces share the entry and fault; the device is synchronous',
    run: [read(1), write(2)],
    init: sync(out(2)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...pinned,
      ...entryStays,
      ...noDirectRead,
      'nobody else changes this PTE': ['do_swap_page.out_nomap'],
    },
    counts: [6_448, 12_577, 113],
  },
  'cached-vs-cached-shared': {
    title: 'Two address spaces share the entry and fault',
    run: [write(1), write(2)],
    init: async(out(2)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...entryStays,
      ...nobodyElseFaults,
    },
    counts: [6_155, 11_997, 107],
  },
  'direct-vs-reclaim': {
    title: 'Reclaim takes a page out to a synchronous device while its owner writes to it',
    run: [write(1), reclaim({})],
    init: sync(mapped),
    unreachable: {
      ...writtenOnce,
      ...swapfileOnly('fault', 'reclaim'),
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      'the fault waits for the page, and finds it in the slot or in memory': ['__read_swap_cache_async.put_and_return'],
      'nobody else changes this PTE': ['do_swap_page.out_nomap'],
    },
    counts: [2_047, 3_545, 153],
  },
  'cached-vs-reclaim': {
    title: 'Reclaim takes a page out while its owner writes to it',
    run: [write(1), reclaim({})],
    init: async(mapped),
    unreachable: {
      ...writtenOnce,
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      ...entryIsRead,
    },
    counts: [1_998, 3_704, 152],
  },
  'swapin-vs-reclaim': {
    title: 'Reclaim finds a page in the swap cache while a fault maps it',
    run: [write(1), reclaim({})],
    init: async(cached(1)),
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      ...entryIsRead,
    },
    counts: [6_833, 14_928, 199],
  },
  'direct-vs-fork': {
    title: 'One owner of the entry forks while the other faults; the device is synchronous',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: sync(out(2)),
    bounds: { pte: 3 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...pinned,
      ...entryStays,
      ...nobodyElseFaults,
      ...forkOfSwapped,
      ...noCacheHit,
      'there are never fewer than two references': [
        'do_swap_page.swapcache_prepare',
        'do_swap_page.prepared',
        'do_swap_page.swap_read_folio',
        'do_swap_page.recheck',
        'vswap_can_swapin_thp.*',
      ],
      ...entryIsRead,
    },
    counts: [675, 1_282, 74],
  },
  'cached-vs-fork': {
    title: 'One owner of the entry forks while the other faults',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: async(out(2)),
    bounds: { pte: 3 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...entryStays,
      ...nobodyElseFaults,
      ...forkOfSwapped,
      ...noCacheHit,
      ...entryIsRead,
    },
    counts: [640, 1_216, 71],
  },
  'direct-vs-zap': {
    title: 'A page is unmapped while another thread of its owner faults on it; the device is synchronous',
    run: [read(1), zap({ pte: 1 })],
    init: sync(out(1)),
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...pinned,
      ...onlyDirectReads,
      ...noCacheHit,
      ...nothingToFree,
      'zap finds no folio in the swap cache': [
        'zap/filemap_get_folio.folio_try_get',
        'zap/filemap_get_folio.xas_reload',
        ...freeSwapCache,
        'zap/free_swap_and_cache_nr.folio_free_swap',
        'zap/free_swap_and_cache_nr.folio_unlock',
        'zap/free_swap_and_cache_nr.folio_put',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [1_331, 2_653, 70],
  },
  'cached-vs-zap': {
    title: 'A page is unmapped while another thread of its owner faults on it',
    run: [write(1), zap({ pte: 1 })],
    init: async(out(1)),
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'a fault to write takes a folio that it maps alone out of the swap cache': freeSwapCache,
    },
    counts: [1_466, 2_939, 100],
  },
  'cached-vs-zap-shared': {
    title: 'One owner of the entry unmaps while the other faults',
    run: [write(1), zap({ pte: 2 })],
    init: async(out(2)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...nobodyElseFaults,
      ...zapOfSwapped,
      ...noCacheHit,
      ...entryIsRead,
      'the other PTE or the swap cache holds the entry': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [1_458, 2_919, 94],
  },
  'reclaim-vs-reclaim': {
    title: 'Two threads reclaim the same page',
    run: [reclaim({}), reclaim({})],
    init: async(mapped),
    unreachable: {
      ...writtenOnce,
      ...asynchronousWrite,
      ...swapfileOnly('reclaim'),
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      'the PTE holds the entry to the end': ['rcu_do_batch'],
    },
    counts: [411, 804, 77],
  },
  'reclaim-vs-fork': {
    title: 'Reclaim takes a page out while its owner forks',
    run: [reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: async(mapped),
    bounds: { pte: 2 },
    unreachable: {
      ...writtenOnce,
      ...asynchronousWrite,
      ...swapfileOnly('reclaim'),
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      'the PTEs hold the entry to the end': ['rcu_do_batch'],
      'the walk over the PTEs comes to the child after the parent': ['shrink_folio_list.keep_locked'],
    },
    counts: [804, 1_510, 87],
  },
  'reclaim-vs-zap': {
    title: 'Reclaim takes a page out while its owner unmaps it',
    run: [reclaim({}), zap({ pte: 1 })],
    init: async(mapped),
    unreachable: {
      ...asynchronousWrite,
      ...swapfileOnly('reclaim', 'zap'),
      ...noRead,
      ...slotsSuffice,
    },
    counts: [2_139, 4_179, 108],
  },
  'swapcache-vs-zap': {
    title: 'Reclaim finds a page in the swap cache while its owner unmaps it',
    run: [reclaim({}), zap({ pte: 1 })],
    init: async(cached(1)),
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...noRead,
      ...zapOfSwapped,
      'the folio is in the swap cache, clean and never mapped, until somebody drops it': [
        'end_swap_bio_write',
        'shrink_folio_list.added',
        'shrink_folio_list.swap_writepage',
        'shrink_folio_list.page_success',
        'shrink_folio_list.page_success_dirty',
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
        'add_to_swap.*',
        'folio_alloc_swap.*',
        'vswap_alloc.*',
        'swap_writepage.*',
        '__swap_writepage.*',
        'reclaim/folio_free_swap.*',
        'reclaim/folio_swapped.*',
        'zswap_store.*',
        'vswap_store_folio.*',
        'vswap_alloc_swap_slot.*',
        'try_to_unmap.*',
        'swap_duplicate.*',
        'swp_entry_to_swp_slot.*',
      ],
    },
    counts: [661, 1_299, 47],
  },
  'fork-vs-fork': {
    title: 'Both owners of the entry fork',
    run: [fork({ src_pte: 1, dst_pte: 3 }), fork({ src_pte: 2, dst_pte: 4 })],
    init: async(out(2)),
    bounds: { pte: 4 },
    unreachable: { ...noReclaim, ...noRead, ...forkOfSwapped, 'the PTEs hold the entry to the end': ['rcu_do_batch'] },
    counts: [100, 181, 19],
  },
  'fork-vs-zap': {
    title: 'One owner of the entry forks while the other unmaps',
    run: [fork({ src_pte: 1, dst_pte: 3 }), zap({ pte: 2 })],
    init: async(out(2)),
    bounds: { pte: 3 },
    unreachable: {
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...noRead,
      ...forkOfSwapped,
      ...zapOfSwapped,
      'the PTEs of the fork hold the entry to the end': [
        'rcu_do_batch',
        'vswap_free.*',
        'release_backing.*',
        'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
      ],
      'the last count leaves nothing in the swap cache to look for': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'vswap_swapcache_only.*',
        'filemap_get_folio.*',
        'swapcache_clear.*',
      ],
      ...nothingToFree,
    },
    counts: [100, 181, 19],
  },
  'zap-vs-zap': {
    title: 'Both owners of the entry unmap, and the page is in the swap cache',
    run: [zap({ pte: 1 }), zap({ pte: 2 })],
    init: async(cached(2)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...noRead,
      ...zapOfSwapped,
      'the swap cache holds the entry when a count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [394, 726, 48],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = Object.entries(pairs).map(([name, { counts, ...pair }]) => {
  const [distinct, generated, depth] = counts
  return scenario(vswap, { name, ...pair, expect: { verdict: 'holds', distinct, generated, depth } })
})
