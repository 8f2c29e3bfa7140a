/** MADV_FREE against each process that can meet it on a page: swapped out, in the swap cache, or in memory alone. */
import { process } from '../../../checker/index.js'
import { madvise_free_pte_range } from '../madvise-free.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, mapped, mappedTwice, reclaim, rewritten, swappedOut, zap } from '../vswap.js'
import { off, out } from './cross-processes.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { slotMeansFolioOrEnd, staysOff, swapoffKeepsPin } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
} from './unreachable.js'
import { watched } from './watched-device.js'

const madvise = process('MADV_FREE', madvise_free_pte_range, { symmetric: true })
const free = madvise({ pte: 1 })
const write = fault({ pte: 1, write: true })

/** Both owners have read a page that came back, and that was taken out of the swap cache. */
function dirtyTwice(s: State): void {
  mappedTwice(s)
  for (const id of s.folio.ids.slice(0, 1)) s.folio[id].dirty = true
  for (const id of s.pte.ids) s.pte[id].dirty = false
}

const slotsOnly = {
  'zswap is off, and no page that may go is zero-filled': ['MADV_FREE/zswap_invalidate.*', 'MADV_FREE/zswap_entry_free.*'],
}
const staysMapped = {
  'the PTE maps its page until it is unmapped': [
    'MADV_FREE/madvise_free_pte_range.clear_not_present_full_ptes',
    'MADV_FREE/free_swap_and_cache_nr.*',
    'MADV_FREE/vswap_free_nr_any_cache_only.*',
    'MADV_FREE/vswap_swapcache_only.*',
    'MADV_FREE/filemap_get_folio.*',
  ],
}
const inSwapCache = { 'a page in memory is in the swap cache': ['madvise_free_pte_range.folio_test_dirty'] }
const lockedWhileDirty = {
  'the page is dirty, or in the swap cache, only while reclaim has its folio locked': [
    'madvise_free_pte_range.folio_mapcount',
    'madvise_free_pte_range.folio_clear_dirty',
    'madvise_free_pte_range.folio_unlock',
  ],
}
const sharedEntry = {
  'the other PTE holds the entry, or maps the page, to the end': [
    'rcu_do_batch',
    'MADV_FREE/vswap_free_nr_any_cache_only.rcu_read_unlock',
    'MADV_FREE/folio_free_swap.folio_ref_sub',
    'MADV_FREE/swapcache_clear.*',
    'MADV_FREE/vswap_free.*',
    'MADV_FREE/release_backing.*',
  ],
}

export const madviseFreePairs = {
  'madvise-free-vs-fault': {
    title: 'A page that is swapped out is given up while its owner faults on it',
    run: [free, write],
    init: out,
    unreachable: {
      ...swapfileOnly('fault'),
      ...slotsOnly,
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
    },
    counts: [1_528, 3_064, 100],
  },
  'madvise-free-vs-zap': {
    title: 'A page in the swap cache is given up, and unmapped',
    run: [free, zap({ pte: 1 })],
    init: rewritten,
    unreachable: {
      ...swapfileOnly('zap'),
      ...slotsOnly,
      ...noRead,
      ...noReclaim,
      ...inSwapCache,
      ...staysMapped,
      'the PTE is not swapped out': [
        'zap/zap_pte_range.clear_not_present_full_ptes',
        'zap/free_swap_and_cache_nr.*',
        'zap/vswap_free_nr_any_cache_only.*',
        'zap/vswap_swapcache_only.*',
        'zap/filemap_get_folio.*',
      ],
    },
    counts: [206, 361, 41],
  },
  'madvise-free-vs-reclaim': {
    title: 'A page is given up while reclaim takes it: without swap, or to swap',
    run: [free, reclaim({})],
    init: mapped,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...noRead,
      ...lockedWhileDirty,
    },
    counts: [2_225, 4_230, 108],
  },
  'madvise-free-cached-vs-reclaim': {
    title: 'A page in the swap cache is given up while reclaim takes it',
    run: [free, reclaim({})],
    init: rewritten,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...noRead,
      ...inSwapCache,
    },
    counts: [2_762, 5_311, 105],
  },
  'madvise-free-shared-vs-reclaim': {
    title: 'One of two owners gives a page up, and reclaim takes it',
    run: [free, reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...noRead,
      ...lockedWhileDirty,
      ...sharedEntry,
      ...stillSwapped,
      ...writtenOnce,
    },
    counts: [1_858, 3_439, 98],
  },
  'madvise-free-dirty-shared-vs-reclaim': {
    title: 'The same, of a page that was dirty before it was shared',
    run: [free, reclaim({})],
    init: dirtyTwice,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...noRead,
      ...sharedEntry,
      'while nobody has the folio locked, it is mapped twice or not at all, and does not go': [
        'madvise_free_pte_range.folio_clear_dirty',
        'madvise_free_pte_range.clear_young_dirty_ptes',
        'madvise_free_pte_range.folio_mark_lazyfree',
        'madvise_free_pte_range.folio_test_clear_lru',
        'madvise_free_pte_range.folio_get',
        'madvise_free_pte_range.lru_lazyfree',
        'madvise_free_pte_range.folios_put',
      ],
      ...stillSwapped,
      ...writtenOnce,
    },
    counts: [1_698, 3_233, 98],
  },
  'madvise-free-write-reclaim': {
    title: 'A page is given up, and written to, while reclaim takes it',
    run: [free, write, reclaim({})],
    init: mapped,
    unreachable: {
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
    },
    counts: [63_331, 175_888, 175],
  },
  'madvise-free-reclaim-reclaim': {
    title: 'A page is given up, and two reclaimers come to it',
    run: [free, reclaim({}), reclaim({})],
    init: mapped,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...slotsOnly,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...noRead,
      ...lockedWhileDirty,
    },
    counts: [12_622, 34_880, 143],
  },
  'madvise-free-vs-madvise-free': {
    title: 'Two threads give a page up that is swapped out',
    run: [free, free],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...slotsOnly,
      ...noRead,
      ...noReclaim,
      'the page is swapped out, and its entry held once': [
        'madvise_free_pte_range.folio_test_swapcache',
        'madvise_free_pte_range.folio_test_dirty',
        'madvise_free_pte_range.folio_trylock',
        'madvise_free_pte_range.folio_mapcount',
        'madvise_free_pte_range.folio_clear_dirty',
        'madvise_free_pte_range.folio_unlock',
        'madvise_free_pte_range.clear_young_dirty_ptes',
        'madvise_free_pte_range.folio_mark_lazyfree',
        'madvise_free_pte_range.folio_test_clear_lru',
        'madvise_free_pte_range.folio_get',
        'madvise_free_pte_range.lru_lazyfree',
        'madvise_free_pte_range.folios_put',
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'vswap_swapcache_only.*',
        'filemap_get_folio.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'swapcache_clear.*',
      ],
    },
    counts: [59, 72, 25],
  },
} satisfies Readonly<Record<string, Pair>>

const ofSwapoff = {
  'madvise-free-vs-swapoff': {
    title: 'A page in the swap cache is given up while its device is switched off',
    run: [off, free],
    init: watched(rewritten),
    unreachable: {
      ...slotsOnly,
      ...noReclaim,
      ...staysOff,
      ...swapoffKeepsPin,
      ...slotMeansFolioOrEnd,
      ...inSwapCache,
      ...staysMapped,
    },
    counts: [3_430, 7_535, 75],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = [...pairScenarios(madviseFreePairs), ...pairScenarios(ofSwapoff, swapoffProperties)]
