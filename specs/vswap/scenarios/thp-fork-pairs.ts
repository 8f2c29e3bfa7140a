/** fork of a page table: PTEs that are copied in a row, against each process of another address space, or of none, that can meet them there. */
import { process } from '../../../checker/index.js'
import { split_folio } from '../split-huge-page.js'
import { thpFault, thpFork, thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { reclaim } from '../vswap.js'
import { cacheHoldsPin, noIo, tailIsHeld } from './large-unreachable.js'
import { migrate } from './migrate-pairs.js'
import { cleanFolio, nobodyInTheWay } from './migrate-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryWasAllocated, nothingFreed } from './swapoff-unreachable.js'
import { mappedFromSwapCache, sharedInSwapCache, twoPtes } from './thp-states.js'
import { cacheHit, noDirectRead, nothingInTheWay, noZswap, thpZapOfSwapped } from './thp-unreachable.js'
import { noRead, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce } from './unreachable.js'

const split = process('split', split_folio)({})
/** The second table is copied to the third, or the first to the second. */
const forkOfChild = thpFork({ src_pte: 3, dst_pte: 5, end: 2 })
const forkOfParent = thpFork({ src_pte: 1, dst_pte: 3, end: 2 })

const forkOfSwappedRange = {
  'the PTEs that are copied are swapped out': [
    'copy_pte_range.folio_ref_add',
    'copy_pte_range.folio_try_dup_anon_rmap_ptes',
    'copy_pte_range.wrprotect_ptes',
    'copy_pte_range.set_ptes',
  ],
}
const sharedCounts = {
  'another address space holds both entries: no count that is dropped is the last': [
    'thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
    'thp zap/free_swap_and_cache_nr.filemap_get_folio',
    'thp zap/free_swap_and_cache_nr.folio_trylock',
    'thp zap/free_swap_and_cache_nr.folio_free_swap',
    'thp zap/free_swap_and_cache_nr.folio_unlock',
    'thp zap/free_swap_and_cache_nr.folio_put',
    'thp zap/vswap_swapcache_only.*',
    'thp zap/filemap_get_folio.*',
    'thp zap/folio_free_swap.*',
    'thp zap/folio_swapped.*',
    'thp zap/swapcache_clear.*',
    'thp zap/vswap_free.*',
    'thp zap/release_backing.*',
    'thp zap/zswap_invalidate.*',
    'thp zap/zswap_entry_free.*',
  ],
}
const reclaimTakesAll = {
  'nobody else locks the folio, or takes a reference to it but for a PTE': ['shrink_folio_list.keep_locked', 'shrink_folio_list.keep'],
}

export const thpForkPairs = {
  'thp-fork-vs-fault': {
    title: 'A range that is in the swap cache is copied by fork while a fault maps its folio in another address space',
    run: [forkOfChild, thpFault({ pte: 1, write: true, order_nr: 2 })],
    init: sharedInSwapCache,
    bounds: { ...twoPtes, pte: 6 },
    unreachable: {
      ...noIo,
      ...noDirectRead('thp fault'),
      ...cacheHit('thp fault'),
      ...noZswap('thp fault'),
      ...nothingInTheWay('thp fault'),
      ...cacheHoldsPin,
      'the child holds both entries, and so the folio in the swap cache': [
        'thp fault/folio_free_swap.folio_ref_sub',
        'thp fault/swapcache_clear.*',
        'thp fault/vswap_free.*',
        'thp fault/release_backing.*',
      ],
      ...nothingFreed,
      ...forkOfSwappedRange,
    },
    counts: [1_176, 2_332, 71],
  },
  'thp-fork-vs-zap': {
    title: 'A range that is in the swap cache is copied by fork while both of its PTEs in another address space are unmapped at once',
    run: [forkOfChild, thpZap({ pte: 1, end: 2 })],
    init: sharedInSwapCache,
    bounds: { ...twoPtes, pte: 6 },
    unreachable: {
      ...noIo,
      ...thpZapOfSwapped,
      ...sharedCounts,
      ...nothingFreed,
      ...forkOfSwappedRange,
    },
    counts: [525, 1_030, 40],
  },
  'thp-fork-vs-reclaim': {
    title: 'The PTEs of a folio in the swap cache are copied by fork while it goes out',
    run: [forkOfParent, reclaim({})],
    init: mappedFromSwapCache,
    bounds: { ...twoPtes, pte: 4 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...entryWasAllocated,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingFreed,
      ...noRead,
      ...slotsSuffice,
      ...reclaimTakesAll,
    },
    counts: [1_721, 3_367, 111],
  },
  'thp-fork-vs-migrate': {
    title: 'The PTEs of a folio in the swap cache are copied by fork while it is migrated',
    run: [forkOfParent, migrate],
    init: mappedFromSwapCache,
    bounds: { ...twoPtes, pte: 4, folio: 4 },
    unreachable: {
      ...nobodyInTheWay,
      ...noIo,
      ...nothingFreed,
      'the PTEs that are copied are mapped, or wait for the folio': ['swap_duplicate.*'],
    },
    counts: [787, 1_449, 76],
  },
  'thp-fork-vs-split': {
    title: 'The PTEs of a folio in the swap cache are copied by fork while it is split',
    run: [forkOfParent, split],
    init: mappedFromSwapCache,
    bounds: { ...twoPtes, pte: 4 },
    unreachable: {
      ...tailIsHeld,
      ...noIo,
      ...nothingFreed,
      'the PTEs that are copied are mapped, or wait for the folio': ['swap_duplicate.*'],
      'each page that is split off is mapped': [
        'free_swap_cache.folio_trylock',
        'free_swap_cache.folio_free_swap',
        'free_swap_cache.folio_unlock',
        'folio_free_swap.*',
        'folio_swapped.*',
      ],
    },
    counts: [1_003, 1_865, 79],
  },
  'thp-fork-zap-reclaim': {
    title:
      'A range that is in the swap cache is copied by fork while its PTEs in another address space are unmapped at once, and its folio is reclaimed',
    run: [forkOfChild, thpZap({ pte: 1, end: 2 }), reclaim({})],
    init: sharedInSwapCache,
    bounds: { ...twoPtes, pte: 6 },
    unreachable: {
      ...cleanFolio,
      ...nothingFreed,
      'nobody maps the folio, and it is clean': [
        'shrink_folio_list.added',
        'shrink_folio_list.page_success_dirty',
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
        'reclaim/add_to_swap.*',
        'folio_alloc_swap.*',
        'vswap_alloc.*',
        'try_to_unmap.*',
        'reclaim/swap_duplicate.*',
        'reclaim/folio_free_swap.*',
        'reclaim/folio_swapped.*',
        'end_swap_bio_write',
      ],
      'a PTE holds each entry to the end': ['swapcache_clear.rcu_read_unlock', 'vswap_free.*'],
      ...noRead,
      ...thpZapOfSwapped,
      ...sharedCounts,
      ...forkOfSwappedRange,
      ...reclaimTakesAll,
      ...swapfileOnly('reclaim'),
    },
    counts: [9_450, 27_973, 56],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(thpForkPairs, thpProperties)
