/** What zswap stands on: its pool, its compression contexts, and the allocators of the compressed objects: A2.9 to A2.11 and A2.14 of the corpus. */
import { process } from '../../../checker/index.js'
import type { State } from '../state.js'
import { fault } from '../swap-map.js'
import { z3fold_free, z3fold_reclaim_page } from '../z3fold-reclaim.js'
import { zs_reclaim_page, zswap_free_entry } from '../zsmalloc-reclaim.js'
import { twoCompressed } from '../zswap.js'
import { cpu_down, zswap_compress } from '../zswap-acomp-ctx.js'
import { list_lru_shrink_walk } from '../zswap-lru-walk.js'
import { NoPoolLeak } from '../zswap-properties.js'
import { shrink_wq, zswap_store_full } from '../zswap-shrink-worker.js'
import { type Protection, protectionPairs } from './pair.js'
import { folioStays, freedWithCache, loadErases, nobodyElseFaults, noDirectRead, noRead, noWrite } from './zswap-unreachable.js'

const store = process('store', zswap_store_full)({})
const compress = process('compress', zswap_compress)({})

const list: Readonly<Record<string, Protection>> = {
  'zswap-lru-skip': {
    title: 'The walk of the shrinker goes on where it was, on a list whose lock it has dropped',
    without: 'end the walk of an LRU whose lock was dropped',
    violates: 'NoUseAfterFree',
    zswap: 'v6.14',
    run: [process('zswap shrinker', list_lru_shrink_walk)({}), fault({ pte: 2, write: true })],
    init: twoCompressed,
    bounds: { entry: 2, pte: 2, zentry: 2, folio: 3 },
    unreachable: {
      ...noRead,
      ...noWrite,
      ...noDirectRead,
      ...nobodyElseFaults,
      ...folioStays,
      ...freedWithCache,
      ...loadErases,
      'the fault finds no folio in the swap cache': [
        'fault/filemap_get_folio.folio_try_get',
        'fault/filemap_get_folio.xas_reload',
        'fault/__read_swap_cache_async.put_and_return',
      ],
      'the first page is in the swap cache, and there the walk ends': [
        'zswap_writeback_entry.xa_cmpxchg',
        'zswap_writeback_entry.zswap_decompress',
        'zswap_writeback_entry.zswap_entry_free',
        'zswap_writeback_entry.folio_mark_uptodate',
        'zswap_writeback_entry.written',
        'zswap_writeback_entry.delete_from_swap_cache',
        'zswap_writeback_entry.folio_unlock',
        'zswap_writeback_entry.folio_put',
        'zswap shrinker/__read_swap_cache_async.folio_alloc',
        'zswap shrinker/__read_swap_cache_async.swapcache_prepare',
        'zswap shrinker/__read_swap_cache_async.prepared',
        'zswap shrinker/__read_swap_cache_async.add_to_swap_cache',
        'zswap shrinker/__read_swap_cache_async.folio_add_lru',
        'zswap shrinker/swap_swapcount.*',
        'zswap shrinker/swapcache_prepare.*',
        'zswap shrinker/__swap_duplicate.*',
        'zswap shrinker/delete_from_swap_cache.*',
        'zswap shrinker/put_swap_folio.*',
        'zswap shrinker/swap_entry_range_free.*',
        'zswap shrinker/zswap_invalidate.*',
        'zswap shrinker/zswap_entry_free.*',
      ],
    },
    broken: [1_015, 1_876, 40],
    counts: [1_060, 2_039, 71],
  },
  'zswap-shrink-work-pool': {
    title: 'Two stores find the pool full, and queue its shrink work once',
    without: 'put the pool where the shrink work is queued already',
    violates: 'NoPoolLeak',
    run: [store, store, process('zswap-shrink', shrink_wq)({})],
    init(s) {
      Object.assign(s.zswap_pool, { kref: 1, stores: 2 })
    },
    properties: [NoPoolLeak],
    unreachable: { 'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'] },
    broken: [24, 35, 9],
    counts: [27, 43, 9],
  },
  'zswap-cpu-hotunplug': {
    title: 'A CPU goes away whose compression context a task is at, which has moved to another',
    without: 'hold the compression context from the choice of a CPU to the end of its use',
    violates: 'NoUseAfterFree',
    run: [compress, process('cpu hotplug', cpu_down)({ cpu: 1 })],
    init(s) {
      for (const cpu of s.acomp_ctx.ids) Object.assign(s.acomp_ctx[cpu], { online: true, req: true })
    },
    bounds: { acomp_cpu: 2 },
    unreachable: { 'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'] },
    broken: [26, 38, 6],
    counts: [43, 69, 10],
  },
  'zsmalloc-deferred-handle': {
    title: 'An object is freed that reclaim has found, and what its handle held is overwritten',
    without: 'keep the object at the handle of an object that is freed under reclaim',
    violates: 'NoUseAfterFree',
    run: [process('zswap shrink work', zs_reclaim_page)({}), process('invalidate', zswap_free_entry)({ handle: 1 })],
    init(s) {
      s.zspage.inuse = 2
      for (const id of s.zs_handle.ids)
        Object.assign(s.zs_handle[id], { life: 'live', value: 'object', tag: 'OBJ_ALLOCATED_TAG', in_tree: true })
    },
    bounds: { handle: 2 },
    unreachable: { 'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'] },
    broken: [21, 24, 6],
    counts: [42, 63, 12],
  },
  'z3fold-reclaim-vs-free': {
    title: 'Reclaim gets a reference to a page whose last object is freed, and has the last one to put, with the lock of the pool',
    without: 'get a reference to the z3fold page once its lock is held',
    violates: 'WarnNever',
    run: [process('zswap shrink work', z3fold_reclaim_page)({}), process('invalidate', z3fold_free)({ zhdr: 1 })],
    init(s: State) {
      for (const id of s.z3fold.ids) Object.assign(s.z3fold[id], { life: 'live', refcount: 1, on_buddy: true, in_lru: true })
    },
    bounds: { z3fold: 1 },
    unreachable: {
      'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'],
      'so it was until v5.18': ['z3fold_reclaim_page.kref_get_unless_zero', 'z3fold_reclaim_page.kref_put'],
    },
    broken: [34, 45, 8],
    counts: [30, 39, 10],
  },
}

export const scenarios = protectionPairs(list)
