/** The faults and the truncation of a shmem page that is swapped out, against each other. PTE 1 is its slot in the mapping. */
import { process, type Scenario, scenario } from '../../checker/index.js'
import type { Pair } from './pairs.js'
import { shmem_free_swap, shmem_swapin_folio } from './shmem.js'
import type { State } from './state.js'
import { noRead, noReclaim, nothingToFree } from './unreachable.js'
import { inSwapCache, swappedOut, vswap } from './vswap.js'

const swapin = process('shmem', shmem_swapin_folio, { symmetric: true })({ index: 1 })
const truncate = process('truncate', shmem_free_swap)({ index: 1 })

const out = (s: State) => swappedOut(s, 1)
const sync = (s: State) => {
  s.SWP_SYNCHRONOUS_IO = true
  swappedOut(s, 1)
}
const cached = (s: State) => inSwapCache(s, 1)

const asynchronous = {
  'the device is not synchronous': [
    'shmem_swapin_folio.shmem_alloc_folio',
    'shmem_swapin_folio.prepared',
    'shmem_swapin_folio.swap_read_folio',
    'shmem_swapin_folio.submit_bio_wait',
  ],
}
const mappingHolds = {
  'the mapping holds the entry until its swap_free_nr(), unless it is truncated': ['shmem/swapcache_clear.rcu_read_unlock'],
}
const noCacheHit = {
  'nobody else puts a folio in the swap cache': ['shmem/filemap_get_folio.folio_try_get', 'shmem/filemap_get_folio.xas_reload'],
}
const onlyDirectReads = {
  'whoever finds no device finds the entry gone': [
    'end_swap_bio_read',
    '__read_swap_cache_async.swapcache_prepare',
    '__read_swap_cache_async.prepared',
    '__read_swap_cache_async.add_to_swap_cache',
    '__read_swap_cache_async.folio_add_lru',
  ],
}

export const shmemPairs = {
  'shmem-vs-shmem': {
    title: 'Two threads fault on a shmem page, through the swap cache',
    run: [swapin, swapin],
    init: out,
    unreachable: {
      'zswap is off, and no page is zero-filled': [
        'shmem/swap_read_folio.folio_unlock',
        'shmem/zswap_load.zswap_decompress',
        'shmem/zswap_load.zswap_entry_free',
        'shmem/zswap_load.folio_mark_dirty',
        'shmem/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...noReclaim,
      ...asynchronous,
      ...mappingHolds,
    },
    counts: [8_485, 17_047, 97],
  },
  'shmem-direct-vs-direct': {
    title: 'Two threads fault on a shmem page; the device is synchronous',
    run: [swapin, swapin],
    init: sync,
    unreachable: {
      'this process reads nothing into the swap cache': ['vswap_folio_backed.*', 'swap_read_folio.*', 'swap_zeromap_batch.*'],
      'zswap is off, and no page is zero-filled': ['zswap_load.*', 'vswap_store_folio.*', 'zswap_invalidate.*', 'zswap_entry_free.*'],
      ...noReclaim,
      ...onlyDirectReads,
      ...noCacheHit,
    },
    counts: [4_336, 8_631, 74],
  },
  'shmem-vs-truncate': {
    title: 'A shmem page is truncated while it is brought back',
    run: [swapin, truncate],
    init: out,
    unreachable: {
      'zswap is off, and no page is zero-filled': [
        'shmem/swap_read_folio.folio_unlock',
        'shmem/zswap_load.zswap_decompress',
        'shmem/zswap_load.zswap_entry_free',
        'shmem/zswap_load.folio_mark_dirty',
        'shmem/zswap_load.folio_mark_uptodate',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...noReclaim,
      ...asynchronous,
      ...noCacheHit,
      ...mappingHolds,
    },
    counts: [1_481, 2_889, 80],
  },
  'shmem-direct-vs-truncate': {
    title: 'A shmem page is truncated while it is read past the swap cache',
    run: [swapin, truncate],
    init: sync,
    unreachable: {
      'this process reads nothing into the swap cache': ['vswap_folio_backed.*', 'swap_read_folio.*', 'swap_zeromap_batch.*'],
      'zswap is off, and no page is zero-filled': ['zswap_load.*', 'vswap_store_folio.*', 'zswap_invalidate.*', 'zswap_entry_free.*'],
      ...noReclaim,
      ...onlyDirectReads,
      ...noCacheHit,
      ...nothingToFree,
      'truncation finds no folio in the swap cache': [
        'truncate/free_swap_and_cache_nr.folio_free_swap',
        'truncate/free_swap_and_cache_nr.folio_unlock',
        'truncate/free_swap_and_cache_nr.folio_put',
        'truncate/filemap_get_folio.folio_try_get',
        'truncate/filemap_get_folio.xas_reload',
        'truncate/swapcache_clear.*',
      ],
    },
    counts: [1_086, 2_132, 50],
  },
  'shmem-cached-vs-truncate': {
    title: 'A shmem page in the swap cache is truncated while it is brought back',
    run: [swapin, truncate],
    init: cached,
    unreachable: {
      'this process reads nothing into the swap cache': ['vswap_folio_backed.*', 'swap_read_folio.*', 'swap_zeromap_batch.*'],
      'zswap is off, and no page is zero-filled': ['zswap_load.*', 'vswap_store_folio.*', 'zswap_invalidate.*', 'zswap_entry_free.*'],
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...mappingHolds,
      'the folio is in the swap cache while the entry is in use': [
        '__read_swap_cache_async.swapcache_prepare',
        '__read_swap_cache_async.prepared',
        '__read_swap_cache_async.add_to_swap_cache',
        '__read_swap_cache_async.folio_add_lru',
        'swapcache_prepare.*',
      ],
      'the swap cache holds the entry when truncation drops its count': ['truncate/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [1_154, 2_298, 55],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = Object.entries(shmemPairs as Readonly<Record<string, Pair>>).map(
  ([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, expect: { verdict: 'holds', distinct, generated, depth } })
  },
)
