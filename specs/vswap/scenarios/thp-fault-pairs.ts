/** A fault that brings in several pages at once, past the swap cache, against each process that can meet it there. */
import { process } from '../../../checker/index.js'
import { madvise_pageout } from '../madvise-pageout.js'
import type { State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { store_folio } from '../swp-desc.js'
import { enableZswap, thpFault, thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { fault, fork, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { noSlotBefore, sharedTail, swappedOutLarge, twoPtes } from './thp-states.js'
import {
  entryIsGone,
  noReadahead,
  notCachedAtZap,
  nothingCached,
  nothingInTheWay,
  noZswap,
  noZswapToFree,
  pastSwapCache,
  pinKeepsPte,
  pinnedFault,
} from './thp-unreachable.js'
import { forkOfSwapped, freeSwapCache, noReclaim, slotsSuffice, zapOfSwapped } from './unreachable.js'
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

export const thpFaultPairs = {
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
      ...notCachedAtZap,
    },
    counts: [7_183, 16_518, 144],
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

export const scenarios = pairScenarios(thpFaultPairs, thpProperties)
