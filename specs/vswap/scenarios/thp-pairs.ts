/** A fault that brings in several pages at once, or a range that is unmapped at once, against each process that can meet it there. */
import { process } from '../../../checker/index.js'
import { madvise_pageout } from '../madvise-pageout.js'
import type { State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { store_folio } from '../swp-desc.js'
import { enableZswap, thpFault, thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { fault, fork, reclaim, zap, zswapShrinker } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { inSwapCacheLarge, noSlotBefore, sharedInSwapCache, sharedTail, swappedOutLarge, twoPtes, zswapTail } from './thp-states.js'
import {
  cacheHit,
  entryIsGone,
  noDirectRead,
  noReadahead,
  nothingCached,
  nothingInTheWay,
  noZswap,
  noZswapToFree,
  otherEntryIsHeld,
  pastSwapCache,
  pinKeepsPte,
  pinnedFault,
  thpZapOfSwapped,
} from './thp-unreachable.js'
import { forkOfSwapped, freeSwapCache, noRead, noReclaim, slotsSuffice, stillSwapped, swapfileOnly, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const pageout = process('pageout', madvise_pageout)
const swapoff = process('swapoff', swapoff_syscall)
const large = (pte: number, write = true) => thpFault({ pte, write, order_nr: 2 })
const small = (pte: number) => fault({ pte, write: true })
const zeroes = (s: State) => {
  swappedOutLarge(s)
  noSlotBefore(s)
  s.zeroes = 1
}

const T = 'thp fault'

export const thpPairs = {
  'thp-fault': {
    title: 'A fault brings in two pages past the swap cache',
    run: [large(1)],
    init: swappedOutLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      'the range is as it was when the thread looks': ['alloc_swap_folio.fallback'],
    },
    counts: [142, 151, 135],
  },
  'thp-fault-vs-fault': {
    title: 'Two threads fault on the two pages of a range that comes in as one folio',
    run: [large(1), large(2)],
    init: swappedOutLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...entryIsGone(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...pinKeepsPte(T),
    },
    counts: [34_125, 69_721, 282],
  },
  'thp-fault-vs-small': {
    title: 'A fault brings in two pages while another brings in the second alone',
    run: [large(1), small(2)],
    init: swappedOutLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T, 'fault'),
      ...noReadahead(T),
      ...entryIsGone('fault'),
      ...noZswap(T, 'fault'),
      ...pinnedFault(T, 'fault'),
      ...pinKeepsPte(T, 'fault'),
    },
    counts: [17_036, 34_448, 201],
  },
  'thp-fault-vs-zap': {
    title: 'A fault brings in two pages while the second is unmapped',
    run: [large(1), zap({ pte: 2 })],
    init: swappedOutLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...nothingCached('zap'),
      ...{ 'no folio is in the swap cache': freeSwapCache },
    },
    counts: [1_715, 3_298, 142],
  },
  'thp-fault-vs-zap-range': {
    title: 'A fault brings in two pages while both are unmapped at once',
    run: [large(2), thpZap({ pte: 1, end: 2 })],
    init: swappedOutLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...entryIsGone(T),
      ...noZswap(T),
      ...noZswapToFree('thp zap'),
      ...pinnedFault(T),
      ...nothingCached('thp zap'),
      'no folio that is unmapped is in the swap cache': [
        'thp zap/free_swap_cache.folio_mapped',
        'thp zap/free_swap_cache.folio_trylock',
        'thp zap/free_swap_cache.folio_free_swap',
        'thp zap/free_swap_cache.folio_unlock',
      ],
    },
    counts: [7_385, 16_962, 149],
  },
  'thp-fault-vs-fork': {
    title: 'A fault brings in two pages, of which a child has the second, and forks',
    run: [large(1), fork({ src_pte: 3, dst_pte: 5 })],
    init: sharedTail,
    bounds: { ...twoPtes, pte: 5 },
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      ...forkOfSwapped,
      'a child changes no PTE of this table': ['alloc_swap_folio.fallback'],
      'the child holds the second entry, which is the last to be given back': ['thp fault/swapcache_clear.rcu_read_unlock'],
    },
    counts: [1_260, 2_404, 132],
  },
  'thp-fault-vs-child': {
    title: 'A fault brings in two pages, of which a child has the second, and faults on it',
    run: [large(1), small(3)],
    init: sharedTail,
    bounds: { ...twoPtes, pte: 3, folio: 4 },
    unreachable: {
      ...noReclaim,
      'everybody in this table reads past the swap cache, and whoever finds a folio there finds it of another entry': [
        'thp fault/filemap_get_folio.folio_try_get',
        'thp fault/filemap_get_folio.xas_reload',
        'thp fault/vswap_folio_backed.*',
        'thp fault/folio_free_swap.*',
        'thp fault/folio_swapped.*',
        'fault/filemap_get_folio.folio_try_get',
        'fault/filemap_get_folio.xas_reload',
      ],
      ...noReadahead(T),
      ...noZswap(T, 'fault'),
      ...pinnedFault(T, 'fault'),
      ...pinKeepsPte(T, 'fault'),
      'there is memory, and the child keeps its entry': ['fault/__read_swap_cache_async.put_and_return'],
    },
    counts: [15_535, 31_440, 218],
  },
  'thp-fault-vs-swapoff': {
    title: 'A fault brings in two pages while swapoff takes the device away',
    run: [large(1), swapoff({ type: 1, again: false })],
    init: watched(swappedOutLarge, true),
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noReclaim,
      'the entry that a fault starts from has one count, its own: it reads past the swap cache, or finds the folio of swapoff': [
        'thp fault/do_swap_page.swapin_readahead',
        'thp fault/read_swap_cache_async.*',
        'thp fault/__read_swap_cache_async.*',
        'thp fault/vswap_folio_backed.*',
      ],
      ...noZswap(T, 'swapoff'),
      ...pinnedFault(T),
      ...pinKeepsPte(T),
      'the device stays off': ['swapoff/swapoff.percpu_ref_resurrect', 'swapoff/swapoff.enable_swap_info'],
      'no folio backs the entry of a slot, and swapoff drops no count: it gives no pin back': [
        'swapoff/swapcache_clear.*',
        'swapoff/vswap_free.*',
        'swapoff/release_backing.*',
      ],
    },
    counts: [108_861, 270_192, 267],
  },
  'thp-fault-vs-pageout': {
    title: '"Note that before we call swapcache_prepare(), entries in the range can still have their backing status changed." (patch 15)',
    run: [large(1), pageout({ first: 2, second: 2 })],
    init: zeroes,
    bounds: { ...twoPtes, folio: 4, pte: 3, desc: 3, slot: 3 },
    unreachable: {
      ...noZswap(T),
      ...pinnedFault(T, 'pageout'),
      ...pinKeepsPte(T, 'pageout'),
      ...entryIsGone('pageout'),
      'there is memory, and the entry that a large fault starts from stays its own': ['thp fault/__read_swap_cache_async.put_and_return'],
      ...slotsSuffice,
      'a page that is out with zeroes behind it is not brought in by who paged it out, and zswap is off': [
        'pageout/swap_read_folio.folio_unlock',
        'pageout/zswap_load.zswap_decompress',
        'pageout/zswap_load.zswap_entry_free',
        'pageout/zswap_load.folio_mark_dirty',
        'pageout/zswap_load.folio_mark_uptodate',
        'pageout/zswap_store.zswap_compress',
        'pageout/zswap_store.xa_store',
        'pageout/zswap_store.vswap_assoc_zswap',
        'pageout/zswap_store.free_old',
        'pageout/zswap_store.swpentry',
        'pageout/zswap_store.zswap_lru_add',
        'pageout/vswap_assoc_zswap.*',
        'pageout/zswap_invalidate.*',
        'pageout/zswap_entry_free.*',
      ],
      'who writes brings its page in past the swap cache': [
        'pageout/filemap_get_folio.folio_try_get',
        'pageout/filemap_get_folio.xas_reload',
        'pageout/vswap_folio_backed.*',
      ],
      'a PTE holds one of the entries whenever the folio is locked to be paged out': ['pageout/folio_free_swap.folio_ref_sub'],
    },
    counts: [88_832, 194_312, 378],
  },
  'thp-fault-vs-zswap-on': {
    title: 'zswap is enabled while a fault brings in two pages',
    run: [large(1), enableZswap({})],
    init: swappedOutLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
    },
    counts: [338, 498, 136],
  },
  'thp-cached-vs-cached': {
    title: 'Two threads fault on the two pages of a folio that is in the swap cache',
    run: [large(1), large(2)],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...entryIsGone(T),
    },
    counts: [6_826, 16_499, 108],
  },
  'thp-cached-vs-zap': {
    title: 'A fault maps a folio that is in the swap cache while its second page is unmapped',
    run: [large(1), zap({ pte: 2 })],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...cacheHit(T),
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      ...otherEntryIsHeld('zap'),
      'a page that is mapped leaves its folio mapped by the other': freeSwapCache,
    },
    counts: [679, 1_287, 96],
  },
  'thp-cached-vs-reclaim': {
    title: 'A fault maps a folio that is in the swap cache while reclaim drops it',
    run: [large(1), reclaim({})],
    init: inSwapCacheLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noZswap(T),
      ...pinnedFault(T),
      ...pinKeepsPte(T),
      ...swapfileOnly('reclaim'),
      ...slotsSuffice,
      ...stillSwapped,
      'there is memory, and the PTEs hold their entries': ['thp fault/__read_swap_cache_async.put_and_return'],
    },
    counts: [4_975, 9_630, 267],
  },
  'thp-cached-vs-shrinker': {
    title: 'A fault maps a folio that is in the swap cache and in zswap while the shrinker comes to one of its zswap entries',
    run: [large(1), zswapShrinker({})],
    init: zswapTail,
    bounds: { ...twoPtes, zentry: 2, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...noDirectRead(T),
      ...cacheHit(T),
      ...noZswap(T),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      'swap_move() of an entry in zswap is 0, so one page is mapped at a time': [
        'swap_pte_batch.*',
        'swap_move.read_lock_next',
        'thp fault/folio_free_swap.folio_ref_sub',
        'thp fault/swapcache_clear.*',
        'thp fault/vswap_free.*',
        'thp fault/release_backing.*',
        'rcu_do_batch',
      ],
      'the shrinker finds the folio in the swap cache': [
        'zswap_writeback_entry.vswap_alloc_swap_slot',
        'zswap_writeback_entry.xa_cmpxchg',
        'zswap_writeback_entry.zswap_decompress',
        'zswap_writeback_entry.zswap_entry_free',
        'zswap_writeback_entry.folio_mark_uptodate',
        'zswap_writeback_entry.fail',
        'zswap_writeback_entry.release_folio',
        'zswap_writeback_entry.folio_unlock',
        'zswap shrinker/__read_swap_cache_async.folio_alloc',
        'zswap shrinker/__read_swap_cache_async.swapcache_prepare',
        'zswap shrinker/__read_swap_cache_async.prepared',
        'zswap shrinker/__read_swap_cache_async.add_to_swap_cache',
        'zswap shrinker/__read_swap_cache_async.folio_add_lru',
        'zswap shrinker/swp_swapcount.*',
        'zswap shrinker/swapcache_prepare.*',
        'zswap shrinker/vswap_folio_backed.*',
        'vswap_alloc_swap_slot.*',
        'vswap_assoc_zswap.*',
        'delete_from_swap_cache.*',
        'zswap shrinker/swapcache_clear.*',
        'zswap shrinker/vswap_free.*',
        'zswap shrinker/release_backing.*',
        'zswap shrinker/zswap_invalidate.*',
        'zswap shrinker/zswap_entry_free.*',
        '__swap_writepage.*',
        'zswap shrinker/swp_entry_to_swp_slot.*',
      ],
    },
    counts: [903, 1_786, 48],
  },
  'thp-zap-vs-zap': {
    title: 'Both PTEs of a folio that is in the swap cache are unmapped at once, and each by itself',
    run: [thpZap({ pte: 1, end: 2 }), zap({ pte: 2 })],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...zapOfSwapped,
      ...noZswapToFree('thp zap', 'zap'),
      'the swap cache has the entries when their last counts are dropped': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      ...otherEntryIsHeld('zap'),
    },
    counts: [205, 271, 86],
  },
  'thp-zap-vs-zap-shared': {
    title: 'Both owners of a folio that is in the swap cache unmap all of it at once: the hint of each page may be missed',
    run: [thpZap({ pte: 1, end: 2 }), thpZap({ pte: 3, end: 2 })],
    init: sharedInSwapCache,
    bounds: { ...twoPtes, pte: 4 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap'),
      'the swap cache has the entries when their last counts are dropped': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [5_072, 11_325, 113],
  },
  'thp-zap-vs-fork': {
    title: 'A range is unmapped at once while a child, which has its second page, forks',
    run: [thpZap({ pte: 1, end: 2 }), fork({ src_pte: 3, dst_pte: 5 })],
    init: sharedTail,
    bounds: { ...twoPtes, pte: 5 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap'),
      ...nothingCached('thp zap'),
      ...forkOfSwapped,
      'the child holds the second entry, which is the last to be given back': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      'no entry has a swap cache pin': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'vswap_swapcache_only.*',
        'filemap_get_folio.xas_load',
      ],
    },
    counts: [408, 806, 45],
  },
  'thp-zap-vs-reclaim': {
    title: 'Both PTEs of a folio that is in the swap cache are unmapped at once while reclaim drops it',
    run: [thpZap({ pte: 1, end: 2 }), reclaim({})],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap', 'reclaim'),
      'the folio is clean until it is out of the swap cache, and nobody maps it': [
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
        'try_to_unmap.*',
        'swap_duplicate.*',
        'swap_writepage.zswap_store',
        'swap_writepage.vswap_alloc_swap_slot',
        'swap_writepage.__swap_writepage',
        'swap_writepage.written',
        'swap_writepage.folio_mark_dirty',
        'swap_zeromap_folio_set.*',
        'zswap_store.*',
        'vswap_assoc_zswap.*',
        'vswap_store_folio.*',
        'vswap_alloc_swap_slot.*',
        '__swap_writepage.*',
        'swp_entry_to_swp_slot.*',
      ],
    },
    counts: [2_275, 4_839, 124],
  },
  'thp-zap-none': {
    title: 'A PTE is unmapped whose neighbour is none, and a stranger holds the next entry; the PTE of entry 0 is none',
    run: [thpZap({ pte: 1, end: 2 }), zap({ pte: 3 })],
    init(s) {
      sharedTail(s)
      s.swp_pte_0_is_none = true
      zapTail(s)
    },
    bounds: { ...twoPtes, pte: 3 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...zapOfSwapped,
      ...noZswapToFree('thp zap', 'zap'),
      ...nothingCached('thp zap', 'zap'),
      'no entry has a swap cache pin': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'vswap_swapcache_only.*',
        'filemap_get_folio.xas_load',
      ],
    },
    counts: [1_067, 2_274, 50],
  },
  'thp-fault-none': {
    title: 'A fault comes to a range whose first PTE is none, and what is behind the two entries is not alike; the PTE of entry 0 is none',
    run: [large(2), zap({ pte: 3 })],
    init: unlikeAndNone,
    bounds: { ...twoPtes, pte: 3 },
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...noReadahead(T),
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...nothingInTheWay(T),
      ...zapOfSwapped,
      ...nothingCached('zap'),
      'what is behind the entries is not alike, so one page is brought in': [
        'do_swap_page.folio_pte',
        'do_swap_page.swap_pte_batch',
        'alloc_swap_folio.swap_zeromap_batch',
        'alloc_swap_folio.non_swapcache_batch',
        'alloc_swap_folio.vma_alloc_folio',
        'non_swapcache_batch.*',
        'swap_pte_batch.*',
      ],
      'the page that is unmapped is zero-filled': [
        'zap/release_backing.xa_erase',
        'zap/release_backing.swap_slot_tryget_swap_info',
        'zap/release_backing.swap_slot_free_nr',
        'zap/release_backing.swap_slot_put_swap_info',
      ],
      'no folio is in the swap cache when the count is dropped': [
        'zap/free_swap_and_cache_nr.filemap_get_folio',
        'zap/free_swap_and_cache_nr.folio_trylock',
        'zap/vswap_swapcache_only.*',
        'zap/filemap_get_folio.xas_load',
      ],
    },
    counts: [1_760, 3_657, 90],
  },
} satisfies Readonly<Record<string, Pair>>

/** A child has the first page, which is zero-filled, and its parent the second, which is in its slot. */
function unlikeAndNone(s: State): void {
  swappedOutLarge(s)
  const [head, tail, child] = s.pte.ids
  const entry = s.vswap_map.ids[1]
  const desc = entry === undefined ? 0 : s.vswap_map[entry]
  if (head === undefined || tail === undefined || child === undefined || entry === undefined || desc === 0) return
  s.swp_pte_0_is_none = true
  s.zeroes = 2
  Object.assign(s.pte[head], { kind: 'none', entry: 0, exclusive: false, stored: 0 })
  Object.assign(s.pte[child], { kind: 'swap', entry, stored: 2 })
  s.pte[tail].exclusive = false
  const { slot } = s.desc[desc]
  if (slot === 0) return
  s.vswap_rmap[slot] = 0
  s.swap_map[slot] = '0'
  s.medium[slot] = 0
  store_folio(s.desc[desc], 0)
  s.desc[desc].type = 'VSWAP_ZERO'
}

/** The owner of the first page has unmapped the second. */
function zapTail(s: State): void {
  const [, tail] = s.pte.ids
  const [, , entry] = s.vswap_map.ids
  const desc = entry === undefined ? 0 : s.vswap_map[entry]
  if (tail === undefined || desc === 0) return
  Object.assign(s.pte[tail], { kind: 'none', entry: 0, exclusive: false, stored: 0 })
  s.desc[desc].swap_refs -= 2
}

export const scenarios = pairScenarios(thpPairs, thpProperties)
