/** mincore() of a page that is swapped out, anonymous or of a shmem file, against whoever takes its folio out of the swap cache. */
import { process } from '../../../checker/index.js'
import { mincore_page, mincore_pte_range } from '../mincore.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, inSwapCache, reclaim, zap } from '../vswap.js'
import { nothingIsFreed } from './backing-unreachable.js'
import { cached, off, truncatesEntry } from './cross-processes.js'
import { cleanAndUnmapped } from './move-pairs.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { read as shmemRead, truncate } from './shmem-processes.js'
import {
  mappingHolds,
  neverInPageCache,
  neverMoved,
  noReadError,
  asynchronous as noShmemDirect,
  readersOnly,
  rightZone,
  truncateOfCached,
} from './shmem-unreachable.js'
import { entryAndFolioStay, nothingFreed, slotMeansFolio, staysOff } from './swapoff-unreachable.js'
import { asynchronous, nobodyElseFaults, noRead, noReclaim, pinned, swapfileOnly, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const mincore = process('mincore', mincore_pte_range)({ pte: 1 })
const ofFile = process('mincore', mincore_page)({ index: 1 })
const shared = (s: State) => inSwapCache(s, 2)

const swapoffFindsFolio = {
  'the page is in the swap cache: swapoff reads nothing': [
    ...slotMeansFolio['an entry that has a slot has its page in the swap cache, and nobody takes it out'],
    'swapoff/swapcache_clear.*',
    'swapoff/vswap_free.*',
    'swapoff/release_backing.*',
  ],
}
const neverBack = {
  'nobody brings the page back': ['mincore/filemap_get_incore_folio.folio_try_get', 'mincore/filemap_get_incore_folio.xas_reload'],
}

export const mincorePairs = {
  'mincore-vs-reclaim': {
    title: 'mincore() finds a folio in the swap cache that reclaim drops',
    run: [mincore, reclaim({})],
    init: cached,
    unreachable: {
      ...noRead,
      ...swapfileOnly('reclaim'),
      ...cleanAndUnmapped,
      'the folio is clean, so reclaim writes nothing': [
        'zswap_store.*',
        'vswap_store_folio.*',
        'vswap_alloc_swap_slot.*',
        'release_backing.*',
      ],
    },
    counts: [143, 261, 21],
  },
  'mincore-vs-zap': {
    title: 'mincore() finds a folio that another owner of the page unmaps',
    run: [mincore, zap({ pte: 2 })],
    init: shared,
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...swapfileOnly('zap'),
      ...zapOfSwapped,
      ...nothingIsFreed,
      'the other PTE holds the entry to the end': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
        'vswap_swapcache_only.*',
        'zap/filemap_get_folio.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'swapcache_clear.*',
        'release_backing.*',
      ],
    },
    counts: [90, 162, 18],
  },
  'mincore-vs-fault': {
    title: 'mincore() holds a folio that another owner of the page maps',
    run: [mincore, fault({ pte: 2, write: true })],
    init: shared,
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...swapfileOnly('fault'),
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
      ...nothingIsFreed,
      'the fault finds the folio in the swap cache, and the other PTE holds the entry': [
        'do_swap_page.swapin_readahead',
        'read_swap_cache_async.*',
        '__read_swap_cache_async.*',
        'swp_swapcount.*',
        'swapcache_prepare.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
        'zswap_load.*',
        'folio_free_swap.folio_ref_sub',
        'swapcache_clear.*',
        'release_backing.*',
      ],
    },
    counts: [315, 587, 39],
  },
  'mincore-shmem-vs-fault': {
    title: 'mincore() of a shmem page that comes back',
    run: [ofFile, shmemRead],
    init: cached,
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...readersOnly,
      ...neverInPageCache,
      ...neverMoved,
      ...noShmemDirect,
      ...rightZone,
      ...noReadError,
      ...mappingHolds,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
      'the fault finds the folio in the swap cache': [
        'shmem_get_folio_gfp.shmem_swapin_cluster',
        'read_swap_cache_async.*',
        '__read_swap_cache_async.*',
        'swp_swapcount.*',
        'swapcache_prepare.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
        'zswap_load.*',
        'vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
    },
    counts: [956, 1_940, 52],
  },
  'mincore-shmem-vs-truncate': {
    title: 'mincore() of a shmem page that is truncated',
    run: [ofFile, truncate],
    init: cached,
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...swapfileOnly('truncate'),
      ...truncateOfCached,
      ...truncatesEntry,
      ...neverBack,
    },
    counts: [880, 1_783, 53],
  },
} satisfies Readonly<Record<string, Pair>>

const ofSwapoff = {
  'mincore-vs-swapoff': {
    title: 'mincore() of a page whose device is switched off',
    run: [off, mincore],
    init: watched(cached),
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...swapoffFindsFolio,
    },
    counts: [423, 791, 55],
  },
  'mincore-shmem-vs-swapoff': {
    title: 'mincore() of a shmem page whose device is switched off: "Prevent swapoff from happening to us" (v6.14)',
    run: [off, ofFile],
    init: watched(cached),
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...swapoffFindsFolio,
      ...neverBack,
    },
    counts: [873, 1_672, 62],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = [...pairScenarios(mincorePairs), ...pairScenarios(ofSwapoff, swapoffProperties)]
