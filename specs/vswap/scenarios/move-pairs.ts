/** userfaultfd move against each process that can meet it on an entry. PTE 1 is moved to PTE 2. */

import { process, type Scenario } from '../../../checker/index.js'
import { anonRmapProperties } from '../anon-rmap-properties.js'
import { madvise_pageout } from '../madvise-pageout.js'
import { move_pages_pte } from '../move-pages-pte.js'
import type { State } from '../state.js'
import { fault, inSwapCache, reclaim, swappedOut, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  nobodyElseFaults,
  noCacheHit,
  noRead,
  noReclaim,
  nothingToFree,
  onlyDirectReads,
  pinned,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'

const move = process('uffd', move_pages_pte)({ dst_pte: 2, src_pte: 1 })
const pageout = process('pageout', madvise_pageout)

const nothingFound = {
  'no folio is in the swap cache': [
    'move_pages_pte.unlock_swapoff',
    'move_pages_pte.folio_lock',
    'move_pages_pte.folio_move_anon_rmap',
    'move_pages_pte.folio_put',
    'uffd/filemap_get_folio.folio_try_get',
    'uffd/filemap_get_folio.xas_reload',
  ],
}
const alwaysFound = { 'the folio is in the swap cache': ['move_pages_pte.SWAP_HAS_CACHE'] }
const neverContended = { 'nobody locks the folio before it is moved': ['move_pages_pte.unlock_swapoff', 'move_pages_pte.folio_lock'] }
const foundInCache = {
  'whoever faults finds the folio in the swap cache': [
    'do_swap_page.swapin_readahead',
    'fault/__read_swap_cache_async.*',
    'fault/swp_swapcount.*',
    'fault/swapcache_prepare.*',
  ],
}
const neverRead = {
  'whoever faults finds the folio in the swap cache, or one reference': ['do_swap_page.swapin_readahead', '__read_swap_cache_async.*'],
}
const nobodyElse = { 'nobody else changes the new PTE': ['fault/do_swap_page.out_nomap'] }
const slotsSuffice = { 'there is always a free physical slot': ['swap_writepage.folio_mark_dirty'] }
export const cleanAndUnmapped = {
  'the folio is in the swap cache, clean and unmapped': [
    'end_swap_bio_write',
    'shrink_folio_list.added',
    'shrink_folio_list.pageout',
    'shrink_folio_list.swap_writepage',
    'swap_writepage.*',
    '__swap_writepage.*',
    'shrink_folio_list.page_success',
    'shrink_folio_list.page_success_dirty',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'add_to_swap.*',
    'folio_alloc_swap.*',
    'vswap_alloc.*',
    'try_to_unmap.*',
    'swap_duplicate.*',
    'folio_free_swap.*',
    'folio_swapped.*',
    'reclaim/swp_entry_to_swp_slot.*',
  ],
  'a PTE holds the entry to the end': ['rcu_do_batch', 'swapcache_clear.rcu_read_unlock', 'vswap_free.*'],
}

/** A page that may be moved: its folio says where it is mapped. */
const movable = (start: (s: State) => void) => (s: State) => {
  s.anon_rmap.watched = true
  start(s)
}
const out = movable((s) => swappedOut(s, 1))
const sync = movable((s) => {
  s.SWP_SYNCHRONOUS_IO = true
  swappedOut(s, 1)
})
/** The page was mapped before it was taken out, and its folio is still in the swap cache. */
const cached = movable((s) => {
  inSwapCache(s, 1)
  for (const id of s.folio.ids.slice(0, 1)) Object.assign(s.folio[id], { anon: true, index: 1 })
})
/** The page is swapped out, and PTE 3 maps another page, of its own. Swap is full, so a fault gives its slot back where it can. */
const andAnother = movable((s) => {
  s.SWP_SYNCHRONOUS_IO = true
  s.mem_cgroup_swap_full = true
  swappedOut(s, 1)
  const folio = s.folio.ids[0] ?? 0
  for (const id of s.pte.ids.slice(2, 3)) Object.assign(s.pte[id], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
  const page = { life: 'live', _refcount: 1, _mapcount: 1, lru: true, uptodate: true, anon: true, anon_exclusive: true, data: 2, index: 3 }
  for (const id of s.folio.ids.slice(0, 1)) Object.assign(s.folio[id], page)
})

export const movePairs = {
  'move-vs-fault': {
    title: 'userfaultfd moves a page that its owner faults on',
    run: [move, fault({ pte: 1, write: true })],
    init: out,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'there is memory, and the entry stays while its PTE may hold it': ['__read_swap_cache_async.put_and_return'],
    },
    counts: [2_499, 4_915, 93],
  },
  'move-vs-direct': {
    title: 'The same; the device is synchronous',
    run: [move, fault({ pte: 1, write: true })],
    init: sync,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      'this process reads nothing into the swap cache': ['read_swap_cache_async.*'],
      ...noReclaim,
      ...onlyDirectReads,
      ...nothingFound,
      ...neverRead,
      ...pinned,
      ...noCacheHit,
      ...nothingToFree,
    },
    counts: [1_435, 2_767, 80],
  },
  'move-vs-fault-of-destination': {
    title: 'userfaultfd moves a page in the swap cache, and its new owner faults',
    run: [move, fault({ pte: 2, write: true })],
    init: cached,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      'this process reads nothing into the swap cache': [
        'read_swap_cache_async.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
      ],
      'zswap is off, and no page that is written out is zero-filled': ['zswap_load.*'],
      ...noReclaim,
      ...noRead,
      ...neverContended,
      ...alwaysFound,
      ...asynchronous,
      ...nobodyElseFaults,
      ...foundInCache,
      ...pinned,
    },
    counts: [251, 414, 75],
  },
  'move-vs-reclaim': {
    title: 'userfaultfd moves a page in the swap cache while reclaim takes it',
    run: [move, reclaim({})],
    init: cached,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...writtenOnce,
      'the folio is clean, so reclaim writes nothing': [
        'zswap_store.*',
        'vswap_store_folio.*',
        'vswap_alloc_swap_slot.*',
        'release_backing.*',
      ],
      ...noRead,
      ...cleanAndUnmapped,
    },
    counts: [386, 709, 38],
  },
  'move-vs-zap': {
    title: 'userfaultfd moves a page that its owner unmaps',
    run: [move, zap({ pte: 1 })],
    init: cached,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...noRead,
      ...alwaysFound,
      ...zapOfSwapped,
      'the swap cache holds the entry when its count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [956, 1_858, 55],
  },
  'move-vs-pageout': {
    title: 'userfaultfd moves a page that comes back and goes out again under the same entry, and its new owner faults',
    run: [move, pageout({ first: 1, second: 1 }), fault({ pte: 2, write: true })],
    init: sync,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      'this process reads nothing into the swap cache': ['pageout/vswap_folio_backed.*', 'fault/__read_swap_cache_async.put_and_return'],
      'zswap is off, and no page that is written out is zero-filled': [
        'pageout/swap_read_folio.folio_unlock',
        'pageout/zswap_load.zswap_decompress',
        'pageout/zswap_load.zswap_entry_free',
        'pageout/zswap_load.folio_mark_dirty',
        'pageout/zswap_load.folio_mark_uptodate',
        'swap_zeromap_folio_set.*',
        'pageout/zswap_store.zswap_compress',
        'pageout/zswap_store.xa_store',
        'pageout/zswap_store.vswap_assoc_zswap',
        'pageout/zswap_store.free_old',
        'pageout/zswap_store.swpentry',
        'pageout/zswap_store.zswap_lru_add',
        'vswap_assoc_zswap.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      'a PTE holds the entry when it is written out': ['pageout/swap_writepage.folio_unlock'],
      ...slotsSuffice,
      ...nobodyElse,
      ...pinned,
      'a PTE holds the entry when reclaim writes it out': ['pageout/folio_free_swap.folio_ref_sub'],
      'a fault drops its count while it has the pin or a folio in the swap cache': ['pageout/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      'the owner of the page finds it swapped out, with one reference': [
        'pageout/__read_swap_cache_async.swapcache_prepare',
        'pageout/__read_swap_cache_async.prepared',
        'pageout/__read_swap_cache_async.add_to_swap_cache',
        'pageout/__read_swap_cache_async.folio_add_lru',
        'pageout/filemap_get_folio.folio_try_get',
        'pageout/filemap_get_folio.xas_reload',
      ],
    },
    counts: [90_087, 249_236, 259],
  },
  'move-vs-pageouts': {
    title: 'userfaultfd finds the page of another owner in the swap cache, and then its own is there again',
    run: [move, pageout({ first: 1, second: 3 })],
    init: andAnother,
    bounds: { pte: 3 },
    unreachable: {
      'this process reads nothing into the swap cache': ['read_swap_cache_async.*', 'vswap_folio_backed.*'],
      'zswap is off, and no page that is written out is zero-filled': [
        'pageout/swap_read_folio.folio_unlock',
        'pageout/zswap_load.zswap_decompress',
        'pageout/zswap_load.zswap_entry_free',
        'pageout/zswap_load.folio_mark_dirty',
        'pageout/zswap_load.folio_mark_uptodate',
        'swap_zeromap_folio_set.*',
        'pageout/zswap_store.zswap_compress',
        'pageout/zswap_store.xa_store',
        'pageout/zswap_store.vswap_assoc_zswap',
        'pageout/zswap_store.free_old',
        'pageout/zswap_store.swpentry',
        'pageout/zswap_store.zswap_lru_add',
        'vswap_assoc_zswap.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      'a PTE holds the entry when it is written out': ['pageout/swap_writepage.folio_unlock'],
      ...noRead,
      ...slotsSuffice,
      ...neverRead,
      'a fault drops its count while it has the pin or a folio in the swap cache': ['pageout/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [93_178, 226_211, 306],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(movePairs, anonRmapProperties)
