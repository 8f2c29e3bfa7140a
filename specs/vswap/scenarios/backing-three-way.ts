/** Three processes on an entry whose backing changes. */

import type { State } from '../state.js'
import { compressed, fault, mapped, reclaim, swappedOut, zap, zswapShrinker } from '../vswap.js'
import {
  faultFreesNothing,
  loadErases,
  lookedFor,
  noSlotRead,
  noSlotWritten,
  nothingIsFreed,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  vswapStoreFolioCameFirst,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  nobodyElseFaults,
  noRead,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })
const shrinker = zswapShrinker({})
const inZswap = (ptes: number) => (s: State) => compressed(s, ptes)
const zswap = (how: State['zswap'], start: (s: State) => void) => (s: State) => {
  start(s)
  s.zswap = how
}

/** The page of PTE 1 is out, and that of PTE 2 is in memory. */
export function swappedOutAndMapped(s: State): void {
  swappedOut(s, 1)
  const [pte, folio] = [s.pte.ids[1], s.folio.ids[0]]
  if (pte === undefined || folio === undefined) return
  Object.assign(s.pte[pte], { kind: 'present', folio, writable: true, dirty: true, stored: 2 })
  Object.assign(s.folio[folio], {
    life: 'live',
    _refcount: 1,
    _mapcount: 1,
    lru: true,
    uptodate: true,
    anon: true,
    anon_exclusive: true,
    data: 2,
  })
}

/** Of a fault whose entry is freed, and allocated again. */
export const ofStaleEntry = {
  ...swapfileOnly('fault', 'reclaim', 'zap'),
  ...asynchronous,
  ...asynchronousWrite,
  ...pinned,
  ...faultFreesNothing,
  'a fault for reading leaves the folio in the swap cache, and the entry to others': [
    'fault/folio_free_swap.*',
    'fault/folio_swapped.*',
    'fault/vswap_free.*',
    'fault/release_backing.*',
  ],
}

export const backingThreeWay = {
  'shrinker-shrinker-reclaim': {
    title: 'Two shrinkers come to one zswap entry, and reclaim drops the page that the first has written back',
    run: [shrinker, shrinker, reclaim({})],
    init: inZswap(1),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...writtenOnce,
      ...slotsSuffice,
      ...lookedFor,
      ...noSlotWritten('reclaim finds the page clean'),
      ...noZeroes,
      ...nothingIsFreed,
      ...reclaimKeepsEntry,
      ...shrinkerFreesNoEntry,
      ...vswapStoreFolioCameFirst,
      'a PTE holds the entry when the shrinker gives its pin back': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
      'the folio that reclaim finds in the swap cache is clean, and was never mapped': [
        'reclaim/shrink_folio_list.added',
        'reclaim/shrink_folio_list.pageout',
        'reclaim/shrink_folio_list.swap_writepage',
        'reclaim/shrink_folio_list.page_success',
        'reclaim/shrink_folio_list.page_success_dirty',
        'reclaim/shrink_folio_list.page_success_trylock',
        'reclaim/shrink_folio_list.page_success_locked',
        'add_to_swap.*',
        'folio_alloc_swap.*',
        'vswap_alloc.*',
        'try_to_unmap.*',
        'swap_duplicate.*',
        'swap_writepage.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'zswap_store.*',
        'vswap_assoc_zswap.*',
        'vswap_store_folio.*',
        'release_backing.*',
      ],
    },
    counts: [12_182, 35_478, 80],
  },
  'load-reclaim-shrinker': {
    title: 'A page in zswap is written to and taken out again, to zswap or past it, while the shrinker is at its entry',
    run: [write(1), reclaim({}), shrinker],
    init: zswap('unreliable', inZswap(1)),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...slotsSuffice,
      ...lookedFor,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...shrinkerFreesNoEntry,
      ...vswapStoreFolioCameFirst,
      'nobody else changes this PTE': ['fault/do_swap_page.out_nomap'],
      'a PTE holds the entry when the shrinker gives its pin back': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
    },
    counts: [436_752, 1_333_379, 257],
  },
  'zero-reclaim-shrinker': {
    title: 'A page in zswap is filled with zeroes and taken out again while the shrinker is at its entry',
    run: [write(1), reclaim({}), shrinker],
    init(s) {
      compressed(s, 1)
      s.zeroes = 2
    },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...slotsSuffice,
      ...nobodyElseFaults,
      ...lookedFor,
      ...noSlotWritten('reclaim finds the page zero-filled, or zswap takes it'),
      ...reclaimKeepsEntry,
      ...shrinkerFreesNoEntry,
      ...vswapStoreFolioCameFirst,
      'zswap takes every page, and has memory for its entry': [
        'reclaim/zswap_store.check_old',
        'reclaim/zswap_store.vswap_store_folio',
        'reclaim/zswap_store.fail',
      ],
      'a PTE holds the entry when the shrinker gives its pin back': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
    },
    counts: [216_494, 641_638, 251],
  },
  'zswap-redirty': {
    title: 'A page that is in zswap is found in the swap cache, written to, and taken out again: "the new version is being swapped out"',
    run: [write(1), reclaim({}), reclaim({})],
    init: zswap('unreliable', mapped),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...slotsSuffice,
      ...noZeroes,
      ...nobodyElseFaults,
      ...reclaimKeepsEntry,
    },
    counts: [97_539, 261_881, 299],
  },
  'fault-shrinker-zap': {
    title: 'A page in zswap is faulted in and unmapped while the shrinker is at its entry',
    run: [read(1), zap({ pte: 1 }), shrinker],
    init: inZswap(1),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...noRead,
      ...pinned,
      ...faultFreesNothing,
      ...loadErases,
      ...lookedFor,
      ...noSlotRead,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'a fault for reading leaves the folio in the swap cache, and the entry to others': [
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/vswap_free.*',
      ],
    },
    counts: [130_482, 381_057, 132],
  },
  'free-vs-alloc': {
    title: 'A virtual slot is freed, and allocated for another page at once',
    run: [zap({ pte: 1 }), reclaim({})],
    init: swappedOutAndMapped,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
      ...stillSwapped,
      ...writtenOnce,
      ...zapOfSwapped,
      'no page is in the swap cache for the PTE that is unmapped': [
        'zap/free_swap_and_cache_nr.filemap_get_folio',
        'zap/free_swap_and_cache_nr.folio_trylock',
        'zap/free_swap_and_cache_nr.folio_free_swap',
        'zap/free_swap_and_cache_nr.folio_unlock',
        'zap/free_swap_and_cache_nr.folio_put',
        'zap/vswap_swapcache_only.*',
        'zap/filemap_get_folio.*',
        'zap/folio_free_swap.*',
        'zap/folio_swapped.*',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [1_449, 3_006, 99],
  },
  'stale-entry': {
    title: 'A fault has read an entry that is freed, and that is allocated for another page before the fault looks at it',
    run: [read(1), zap({ pte: 1 }), reclaim({})],
    init: swappedOutAndMapped,
    bounds: { pte: 2 },
    unreachable: { ...ofStaleEntry, ...slotsSuffice },
    counts: [136_639, 409_064, 198],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(backingThreeWay)
