/**
 * One scenario for each pair of processes that can meet on an entry. Two processes that mmap_lock keeps apart (a fork and anything else
 * in the parent's address space) meet through a second PTE that holds the same entry.
 */
import { type Process, type Scenario, scenario } from '../../checker/index.js'
import type { State } from './state.js'
import {
  asynchronous,
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
  zapOfSwapped,
} from './unreachable.js'
import { fault, fork, inSwapCache, mapped, reclaim, swappedOut, vswap, zap } from './vswap.js'

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
      ...noReclaim,
      ...pinned,
      'the pin keeps the PTE as it was': ['do_swap_page.out_nomap'],
      ...onlyDirectReads,
      ...noCacheHit,
      ...nothingToFree,
    },
    counts: [3_925, 7_767, 81],
  },
  'cached-vs-cached': {
    title: 'Two threads fault on one PTE, through the swap cache',
    run: [read(1), write(1)],
    init: async(out(1)),
    unreachable: { ...noReclaim, ...asynchronous, ...pinned },
    counts: [6_273, 12_754, 101],
  },
  'direct-vs-cached': {
    title: 'Two address spaces share the entry and fault; the device is synchronous',
    run: [read(1), write(2)],
    init: sync(out(2)),
    bounds: { pte: 2 },
    unreachable: { ...noReclaim, ...pinned, ...entryStays, ...noDirectRead, 'nobody else changes this PTE': ['do_swap_page.out_nomap'] },
    counts: [4_414, 8_439, 93],
  },
  'cached-vs-cached-shared': {
    title: 'Two address spaces share the entry and fault',
    run: [write(1), write(2)],
    init: async(out(2)),
    bounds: { pte: 2 },
    unreachable: { ...noReclaim, ...asynchronous, ...pinned, ...entryStays, ...nobodyElseFaults },
    counts: [4_179, 7_981, 87],
  },
  'direct-vs-reclaim': {
    title: 'Reclaim takes a page out to a synchronous device while its owner writes to it',
    run: [write(1), reclaim({})],
    init: sync(mapped),
    unreachable: {
      ...noRead,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      'a fault that finds no folio in the swap cache finds one reference': ['do_swap_page.swapin_readahead', 'read_swap_cache_async.*'],
      'nobody else changes this PTE': ['do_swap_page.out_nomap'],
    },
    counts: [808, 1_341, 97],
  },
  'cached-vs-reclaim': {
    title: 'Reclaim takes a page out while its owner writes to it',
    run: [write(1), reclaim({})],
    init: async(mapped),
    unreachable: {
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      ...entryIsRead,
    },
    counts: [958, 1_674, 108],
  },
  'swapin-vs-reclaim': {
    title: 'Reclaim finds a page in the swap cache while a fault maps it',
    run: [write(1), reclaim({})],
    init: async(cached(1)),
    unreachable: {
      ...asynchronous,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...nobodyElseFaults,
      ...entryIsRead,
    },
    counts: [3_229, 6_853, 147],
  },
  'direct-vs-fork': {
    title: 'One owner of the entry forks while the other faults; the device is synchronous',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: sync(out(2)),
    bounds: { pte: 3 },
    unreachable: {
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
        'do_swap_page.submit_bio_wait',
      ],
      ...entryIsRead,
    },
    counts: [525, 987, 60],
  },
  'cached-vs-fork': {
    title: 'One owner of the entry forks while the other faults',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: async(out(2)),
    bounds: { pte: 3 },
    unreachable: {
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...entryStays,
      ...nobodyElseFaults,
      ...forkOfSwapped,
      ...noCacheHit,
      ...entryIsRead,
    },
    counts: [490, 921, 57],
  },
  'direct-vs-zap': {
    title: 'A page is unmapped while another thread of its owner faults on it; the device is synchronous',
    run: [read(1), zap({ pte: 1 })],
    init: sync(out(1)),
    unreachable: {
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
    counts: [798, 1_587, 54],
  },
  'cached-vs-zap': {
    title: 'A page is unmapped while another thread of its owner faults on it',
    run: [write(1), zap({ pte: 1 })],
    init: async(out(1)),
    unreachable: {
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'a fault to write takes a folio that it maps alone out of the swap cache': freeSwapCache,
    },
    counts: [865, 1_715, 76],
  },
  'cached-vs-zap-shared': {
    title: 'One owner of the entry unmaps while the other faults',
    run: [write(1), zap({ pte: 2 })],
    init: async(out(2)),
    bounds: { pte: 2 },
    unreachable: {
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...nobodyElseFaults,
      ...zapOfSwapped,
      ...noCacheHit,
      ...entryIsRead,
      'the other PTE or the swap cache holds the entry': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [1_208, 2_434, 75],
  },
  'reclaim-vs-reclaim': {
    title: 'Two threads reclaim the same page',
    run: [reclaim({}), reclaim({})],
    init: async(mapped),
    unreachable: { ...noRead, ...slotsSuffice, ...stillSwapped, 'the PTE holds the entry to the end': ['rcu_do_batch'] },
    counts: [309, 596, 52],
  },
  'reclaim-vs-fork': {
    title: 'Reclaim takes a page out while its owner forks',
    run: [reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: async(mapped),
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      'the PTEs hold the entry to the end': ['rcu_do_batch'],
      'the walk over the PTEs comes to the child after the parent': ['shrink_folio_list.keep_locked'],
    },
    counts: [544, 1_006, 62],
  },
  'reclaim-vs-zap': {
    title: 'Reclaim takes a page out while its owner unmaps it',
    run: [reclaim({}), zap({ pte: 1 })],
    init: async(mapped),
    unreachable: { ...noRead, ...slotsSuffice },
    counts: [1_491, 2_898, 78],
  },
  'swapcache-vs-zap': {
    title: 'Reclaim finds a page in the swap cache while its owner unmaps it',
    run: [reclaim({}), zap({ pte: 1 })],
    init: async(cached(1)),
    unreachable: {
      ...noRead,
      ...zapOfSwapped,
      'the folio is in the swap cache, clean and unmapped, until somebody drops it': [
        'end_swap_bio_write',
        'shrink_folio_list.folio_start_writeback',
        'shrink_folio_list.unlock_writeback',
        'shrink_folio_list.submit_bio',
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
        'reclaim/folio_alloc_swap.fail',
        'try_to_unmap.*',
        'swap_duplicate.*',
        'swp_entry_to_swp_slot.*',
      ],
    },
    counts: [873, 1_775, 69],
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
      ...noReclaim,
      ...noRead,
      ...forkOfSwapped,
      ...zapOfSwapped,
      'the PTEs of the fork hold the entry to the end': [
        'rcu_do_batch',
        'vswap_free.*',
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
      ...noReclaim,
      ...noRead,
      ...zapOfSwapped,
      'the swap cache holds the entry when a count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [354, 656, 43],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = Object.entries(pairs).map(([name, { counts, ...pair }]) => {
  const [distinct, generated, depth] = counts
  return scenario(vswap, { name, ...pair, expect: { verdict: 'holds', distinct, generated, depth } })
})
