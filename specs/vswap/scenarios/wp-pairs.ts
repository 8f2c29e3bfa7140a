/** Copy-on-write against each process that can meet it on a page that is in the swap cache, or on its way there. */

import { type Id, known, process, type Scenario } from '../../../checker/index.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { user_store } from '../user-store.js'
import { fault, fork, inSwapCache, mapped, mappedTwice, reclaim, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  forkOfSwapped,
  noRead,
  noReclaim,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'

const store = process('store', user_store, { symmetric: true })

/** The page is in the swap cache, clean; PTE 1 maps it read-only, and the PTEs 2..ptes hold its entry. */
const mappedFromCache = (ptes: number) => (s: State) => {
  inSwapCache(s, ptes)
  const [pte, folio, desc] = [first(s.pte.ids), first(s.folio.ids), first(s.desc.ids)]
  Object.assign(s.pte[pte], { kind: 'present', folio, entry: 0, exclusive: false })
  s.folio[folio].anon = true
  s.folio[folio]._mapcount = 1
  s.folio[folio]._refcount = 2
  s.desc[desc].swap_refs -= SWAP_COUNT_INC
}

function first<N extends string>(ids: readonly Id<N>[]): Id<N> {
  return known(ids[0] ?? 0)
}

export const writerPinned = {
  'a fault drops its count while it has the pin or a folio in the swap cache, so the count is not the last reference': [
    'store/vswap_free_nr_any_cache_only.rcu_read_unlock',
  ],
}
export const nobodyElseChanges = {
  'nobody else brings this page back': ['store/do_swap_page.out_nomap', 'store/do_swap_page.out_page', 'store/do_swap_page.out_release'],
}
/** Of a writer whose page stays mapped. */
export const noSwapFault = (who: string) => ({
  'the PTE that is written to stays mapped': [
    `${who}/do_swap_page.*`,
    `${who}/read_swap_cache_async.*`,
    `${who}/__read_swap_cache_async.*`,
    `${who}/swap_read_folio.*`,
    `${who}/swap_zeromap_batch.*`,
    `${who}/vswap_disk_backed.*`,
    `${who}/vswap_folio_backed.*`,
    `${who}/zswap_load.*`,
    `${who}/vswap_store_folio.*`,
    `${who}/filemap_get_folio.*`,
    `${who}/swp_swapcount.*`,
    `${who}/swapcache_prepare.*`,
    `${who}/swp_entry_to_swp_slot.*`,
    `${who}/swap_free_nr.*`,
    `${who}/vswap_free_nr_any_cache_only.*`,
  ],
})
const found = (who: string) => ({
  'the folio stays in the swap cache while a PTE holds its entry': [
    `${who}/do_swap_page.swapin_readahead`,
    `${who}/do_swap_page.out_nomap`,
    `${who}/do_swap_page.out_page`,
    `${who}/do_swap_page.out_release`,
    `${who}/__read_swap_cache_async.*`,
    `${who}/swap_read_folio.*`,
    `${who}/swap_zeromap_batch.*`,
    `${who}/vswap_folio_backed.*`,
    `${who}/zswap_load.*`,
    `${who}/vswap_store_folio.*`,
    `${who}/swp_swapcount.*`,
    `${who}/swapcache_prepare.*`,
  ],
})

export const wpPairs = {
  'store-vs-store': {
    title: 'Both owners of a page in the swap cache, one of which maps it, write to it',
    run: [store({ pte: 1 }), store({ pte: 2 })],
    init: mappedFromCache(2),
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      'this process reads nothing into the swap cache': ['read_swap_cache_async.*'],
      'zswap is off, and no page that is written out is zero-filled': ['zswap_invalidate.*', 'zswap_entry_free.*'],
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...found('store'),
      ...writerPinned,
    },
    counts: [5_033, 10_482, 96],
  },
  'store-vs-fault': {
    title: 'One owner of a page in the swap cache writes to it while the other brings it back',
    run: [store({ pte: 1 }), fault({ pte: 2, write: false })],
    init: mappedFromCache(2),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      'zswap is off, and no page that is written out is zero-filled': ['zswap_invalidate.*', 'zswap_entry_free.*'],
      'this process reads nothing into the swap cache': ['read_swap_cache_async.*'],
      'no backing is released by this process': ['fault/release_backing.*'],
      'the other owner holds the entry to the end, so the page is copied': ['do_wp_page.pte_unmap_unlock'],
      'a fault to read leaves the swap cache as it is': [
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/swapcache_clear.*',
        'fault/vswap_free.*',
        'fault/vswap_free_nr_any_cache_only.rcu_read_unlock',
      ],
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...noSwapFault('store'),
      ...found('fault'),
    },
    counts: [1_297, 2_525, 75],
  },
  'store-vs-reclaim': {
    title: 'A page that is mapped from the swap cache is written to while reclaim takes it out',
    run: [store({ pte: 1 }), reclaim({})],
    init: mappedFromCache(1),
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      'zswap is off, and no page that is written out is zero-filled': [
        'store/swap_read_folio.folio_unlock',
        'store/zswap_load.zswap_decompress',
        'store/zswap_load.zswap_entry_free',
        'store/zswap_load.folio_mark_dirty',
        'store/zswap_load.folio_mark_uptodate',
        'store/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...asynchronous,
      ...nobodyElseChanges,
      'there is memory, and the entry stays': ['__read_swap_cache_async.put_and_return'],
      ...writerPinned,
      ...slotsSuffice,
    },
    counts: [15_182, 33_680, 187],
  },
  'shared-store-vs-reclaim': {
    title: 'A page that two map is written to while reclaim takes it out of both',
    run: [store({ pte: 1 }), reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'zswap is off, and no page that is written out is zero-filled': [
        'store/swap_read_folio.folio_unlock',
        'store/zswap_load.zswap_decompress',
        'store/zswap_load.zswap_entry_free',
        'store/zswap_load.folio_mark_dirty',
        'store/zswap_load.folio_mark_uptodate',
        'store/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...asynchronous,
      ...nobodyElseChanges,
      ...writerPinned,
      ...slotsSuffice,
      ...stillSwapped,
    },
    counts: [5_600, 10_683, 183],
  },
  'store-vs-zap': {
    title: 'One owner of a page in the swap cache writes to it while the other unmaps',
    run: [store({ pte: 1 }), zap({ pte: 2 })],
    init: mappedFromCache(2),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('zap'),
      'nobody faults on an entry': ['vswap_can_swapin_thp.*'],
      'zswap is off, and no page that is written out is zero-filled': ['zswap_invalidate.*', 'zswap_entry_free.*'],
      'the swap cache holds the entry when a count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      ...noReclaim,
      ...noRead,
      ...noSwapFault('store'),
      ...zapOfSwapped,
    },
    counts: [2_382, 4_942, 64],
  },
  'store-vs-fork': {
    title: 'One owner of a page in the swap cache writes to it while the other forks',
    run: [store({ pte: 1 }), fork({ src_pte: 2, dst_pte: 3 })],
    init: mappedFromCache(2),
    bounds: { pte: 3 },
    unreachable: {
      'nobody faults on an entry, or releases a backing': ['vswap_can_swapin_thp.*', 'release_backing.*'],
      'zswap is off, and no page that is written out is zero-filled': ['zswap_invalidate.*', 'zswap_entry_free.*'],
      'the other owner holds the entry to the end, so the page is copied': ['do_wp_page.pte_unmap_unlock'],
      'PTEs hold the entry to the end': [
        'rcu_do_batch',
        'store/folio_free_swap.folio_ref_sub',
        'store/swapcache_clear.*',
        'store/vswap_free.*',
      ],
      ...noReclaim,
      ...noRead,
      ...noSwapFault('store'),
      ...forkOfSwapped,
    },
    counts: [380, 713, 47],
  },
  'fork-reclaim-store': {
    title: 'The parent forks and the child writes to the page while reclaim takes it out of both',
    run: [fork({ src_pte: 1, dst_pte: 2 }), reclaim({}), store({ pte: 2 })],
    init: mapped,
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'zswap is off, and no page that is written out is zero-filled': [
        'store/swap_read_folio.folio_unlock',
        'store/zswap_load.zswap_decompress',
        'store/zswap_load.zswap_entry_free',
        'store/zswap_load.folio_mark_dirty',
        'store/zswap_load.folio_mark_uptodate',
        'store/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...asynchronous,
      ...nobodyElseChanges,
      ...writerPinned,
      ...slotsSuffice,
      ...stillSwapped,
    },
    counts: [9_570, 21_018, 184],
  },
  'store-store-reclaim': {
    title: 'Both owners of a page write to it while reclaim takes it out of both',
    run: [store({ pte: 1 }), store({ pte: 2 }), reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2, folio: 2 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'zswap is off, and no page that is written out is zero-filled': [
        'store/swap_read_folio.folio_unlock',
        'store/zswap_load.zswap_decompress',
        'store/zswap_load.zswap_entry_free',
        'store/zswap_load.folio_mark_dirty',
        'store/zswap_load.folio_mark_uptodate',
        'store/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...asynchronous,
      ...nobodyElseChanges,
      ...writerPinned,
      ...slotsSuffice,
      ...stillSwapped,
    },
    counts: [263_982, 738_995, 231],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(wpPairs)
