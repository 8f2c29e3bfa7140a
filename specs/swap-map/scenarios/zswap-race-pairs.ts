/** A zswap entry, or the tree that it is in, that goes away under who works on it: A2.3, A2.6 and A2.7 of the corpus. */
import { fault, fork, swapoff, watchDevices, zap } from '../swap-map.js'
import { compressed, compressedRefcounted, zswapShrinker } from '../zswap.js'
import { type Protection, protectionPairs } from './pair.js'
import { loadErases, noRead, noWrite, shrinkerGivesNothingUp } from './zswap-unreachable.js'

const list: Readonly<Record<string, Protection>> = {
  'zswap-double-invalidate': {
    title: 'A load past the swap cache invalidates a zswap entry that another has invalidated',
    without: 'invalidate a zswap entry once, while a reference to it is held',
    violates: 'NoUseAfterFree',
    zswap: 'v6.3',
    run: [fault({ pte: 1, write: false }), zap({ pte: 1 })],
    init(s) {
      compressedRefcounted(s, 1)
      s.SWP_SYNCHRONOUS_IO = true
      s.zswap_exclusive_loads_enabled = true
    },
    bounds: { zentry: 1 },
    unreachable: {
      ...noRead,
      ...noWrite,
      'nothing pins an entry before v6.8, and who finds it in use reads past the swap cache': [
        'do_swap_page.prepared',
        'swapcache_prepare.*',
        'swapcache_clear.*',
        '__swap_duplicate.*',
        'read_swap_cache_async.got_folio',
        '__read_swap_cache_async.swapcache_prepare',
        '__read_swap_cache_async.prepared',
        '__read_swap_cache_async.add_to_swap_cache',
        '__read_swap_cache_async.folio_add_lru',
      ],
      'no folio is in the swap cache': [
        'filemap_get_folio.folio_try_get',
        'filemap_get_folio.xas_reload',
        'zap/filemap_get_folio.xas_load',
        '__try_to_reclaim_swap.*',
        'free_swap_cache.folio_trylock',
        'free_swap_cache.folio_unlock',
        'folio_free_swap.*',
        'folio_swapped.*',
        'delete_from_swap_cache.*',
        'put_swap_folio.*',
      ],
    },
    broken: [281, 499, 22],
    counts: [445, 797, 40],
  },
  'zswap-synchronous-data-loss': {
    title: 'A load past the swap cache frees the zswap entry, and the fault gives its folio up',
    without: 'keep the zswap entry that is loaded past the swap cache',
    violates: 'NoStaleData',
    skip: ['BackingLive'],
    zswap: 'v6.14',
    run: [fault({ pte: 1, write: false }), fork({ src_pte: 1, dst_pte: 2 })],
    init(s) {
      compressed(s, 1)
      s.SWP_SYNCHRONOUS_IO = true
    },
    bounds: { zentry: 1, pte: 2 },
    unreachable: {
      ...noRead,
      ...noWrite,
      'nobody asks for the swap cache of a page that is read to be dropped': [
        'folio_free_swap.*',
        'folio_swapped.*',
        'delete_from_swap_cache.*',
        'put_swap_folio.*',
      ],
      'the entry is in use while its PTE may hold it': ['__read_swap_cache_async.put_and_return'],
    },
    broken: [660, 1_127, 75],
    counts: [574, 994, 56],
  },
  'zswap-swapoff-tree-uaf': {
    title: 'swapoff frees the zswap tree that the shrinker is about to look in',
    without: 'pin the slot in the swap cache before the zswap tree is touched',
    violates: 'NoUseAfterFree',
    zswap: 'v6.14',
    run: [zswapShrinker({}), swapoff({ type: 1 })],
    init(s) {
      compressed(s, 1)
      watchDevices(s)
    },
    bounds: { zentry: 1 },
    unreachable: {
      ...noRead,
      ...shrinkerGivesNothingUp,
      ...loadErases,
      'SWP_WRITEOK is cleared with the avail list': ['swapoff.spin_lock'],
      'one page, which nobody else takes in': ['try_to_unuse.folio_lock_of_cache', 'try_to_unuse.folio_wait_writeback_of_cache'],
      'a folio that swapoff takes out of the swap cache is the last that held its slot': [
        'swapoff/cluster_swap_free_nr.unlock_cluster',
        'swapoff/put_swap_folio.__swap_entry_free_locked',
      ],
    },
    broken: [2_536, 4_878, 65],
    counts: [2_758, 5_318, 86],
  },
}

export const scenarios = protectionPairs(list)
