/** Readahead by a fault on entry 2, whose slot lies next to that of entry 1, against each process that can meet it on entry 1. */

import { type Id, known, process, type Scenario } from '../../../checker/index.js'
import { swap_cluster_readahead } from '../readahead.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { fault, inSwapCache, reclaim, swappedOut, zap } from '../vswap.js'
import { cleanAndUnmapped } from './move-pairs.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { read as swapin, truncate } from './shmem-processes.js'
import { neverInPageCache, neverMoved, noReadError, asynchronous as noShmemDirect, readersOnly, rightZone } from './shmem-unreachable.js'
import { asynchronous, nobodyElseFaults, noReclaim, pinned, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'

export const readahead = process('readahead', swap_cluster_readahead)({ entry: 2 })

/** Entry 2 is swapped out to slot 2, and PTE 2 holds it. */
export const neighbour = (start: (s: State) => void, synchronous = false) => {
  return (s: State) => {
    s.SWP_SYNCHRONOUS_IO = synchronous
    start(s)
    const [entry, desc, slot, pte] = [second(s.vswap_map.ids), second(s.desc.ids), second(s.swap_map.ids), second(s.pte.ids)]
    s.vswap_map[entry] = desc
    s.vswap_rmap[slot] = entry
    Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
    s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
    s.medium[slot] = 3
    Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 3 })
  }
}
const out = (s: State) => swappedOut(s, 1)
const cached = (s: State) => inSwapCache(s, 1)
export const bounds = { entry: 2, desc: 2, slot: 2, pte: 2 }

function second<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[1] ?? 0)
}

const notFound = {
  'nobody else leaves a folio in the swap cache': ['readahead/filemap_get_folio.folio_try_get', 'readahead/filemap_get_folio.xas_reload'],
}

export const readaheadPairs = {
  'readahead-vs-fault': {
    title: 'Readahead reads a page that its owner faults on',
    run: [readahead, fault({ pte: 1, write: true })],
    init: neighbour(out),
    bounds,
    unreachable: {
      ...swapfileOnly('fault'),
      'no folio backs an entry that readahead meets': [
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/release_backing.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...noReclaim,
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
    },
    counts: [7_111, 14_872, 102],
  },
  'readahead-vs-direct': {
    title: 'Readahead reads a page that its owner reads past the swap cache',
    run: [readahead, fault({ pte: 1, write: true })],
    init: neighbour(out, true),
    bounds,
    unreachable: {
      ...swapfileOnly('fault'),
      'no folio backs an entry that readahead meets': [
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/release_backing.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      'this process reads nothing into the swap cache': ['fault/__read_swap_cache_async.*', 'fault/vswap_folio_backed.*'],
      ...noReclaim,
      ...notFound,
      ...pinned,
      'the one reference is the PTE, and it stays': [
        'do_swap_page.swapin_readahead',
        'do_swap_page.out_nomap',
        'fault/read_swap_cache_async.*',
      ],
    },
    counts: [4_731, 9_587, 110],
  },
  'readahead-vs-zap': {
    title: 'Readahead reads a page that its owner unmaps',
    run: [readahead, zap({ pte: 1 })],
    init: neighbour(out),
    bounds,
    unreachable: {
      ...swapfileOnly('zap'),
      'no folio backs an entry that readahead meets': [
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/release_backing.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...noReclaim,
      ...notFound,
      ...zapOfSwapped,
    },
    counts: [1_409, 2_920, 74],
  },
  'readahead-vs-reclaim': {
    title: 'Readahead finds a page in the swap cache that reclaim drops',
    run: [readahead, reclaim({})],
    init: neighbour(cached),
    bounds,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...writtenOnce,
      'no folio backs an entry, and nothing is written out': [
        'readahead/swapcache_clear.*',
        'release_backing.*',
        'vswap_alloc_swap_slot.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
        'zswap_store.*',
      ],
      ...cleanAndUnmapped,
    },
    counts: [453, 820, 52],
  },
  'readahead-vs-shmem': {
    title: 'Readahead of a shmem page: "The latter might have already called delete_from_swap_cache()" (patch 12)',
    run: [readahead, swapin],
    init: neighbour(out),
    bounds,
    unreachable: {
      'no folio backs an entry that readahead meets': [
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/release_backing.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
        'shmem/swap_read_folio.folio_unlock',
        'shmem/zswap_load.zswap_decompress',
        'shmem/zswap_load.zswap_entry_free',
        'shmem/zswap_load.folio_mark_dirty',
        'shmem/zswap_load.folio_mark_uptodate',
      ],
      ...noReclaim,
      ...noShmemDirect,
      ...noReadError,
      ...rightZone,
      ...readersOnly,
      ...neverInPageCache,
      ...neverMoved,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
      'the mapping holds the entry until its swap_free_nr()': ['shmem/swapcache_clear.rcu_read_unlock'],
    },
    counts: [6_251, 13_000, 93],
  },
  'readahead-vs-truncate': {
    title: 'Readahead of a shmem page that is truncated',
    run: [readahead, truncate],
    init: neighbour(out),
    bounds,
    unreachable: {
      'no folio backs an entry that readahead meets': [
        'readahead/swapcache_clear.*',
        'readahead/vswap_free.*',
        'readahead/release_backing.*',
      ],
      'no page is in zswap or zero-filled': [
        'readahead/swap_read_folio.folio_unlock',
        'readahead/zswap_load.zswap_decompress',
        'readahead/zswap_load.zswap_entry_free',
        'readahead/zswap_load.folio_mark_dirty',
        'readahead/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...noReclaim,
      ...notFound,
      'nobody brings the page back': [
        'shmem_undo_range.folio_try_get',
        'shmem_undo_range.xas_reload',
        'shmem_undo_range.folio_lock',
        'shmem_undo_range.folio_mapping',
        'shmem_undo_range.filemap_remove_folio',
        'shmem_undo_range.folio_put_refs',
        'shmem_undo_range.folio_unlock',
        'shmem_undo_range.folio_batch_release',
      ],
    },
    counts: [1_366, 2_809, 75],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(readaheadPairs)
