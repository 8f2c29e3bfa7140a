/**
 * Which steps of swap-map (6.14) each step of swap-slot (6.12) stands for: the same access to the slot, in the functions of who makes it there. A call, or a
 * return, stands for the step that begins or ends the function.
 */

/** By step of swap-slot. */
export const standsFor: Readonly<Record<string, readonly string[]>> = {
  'cluster_alloc_range.memset': ['get_swap_pages.cluster_alloc_range'],
  'add_to_swap_cache.xas_store': ['add_to_swap.add_to_swap_cache'],
  'swap_duplicate.WRITE_ONCE': ['__swap_duplicate.WRITE_ONCE'],
  'swap_duplicate_continued.swap_count_continued': ['swap_count_continued.add'],
  'swap_duplicate_continued.WRITE_ONCE': ['swap_duplicate.swap_map'],
  'swap_shmem_alloc.WRITE_ONCE': ['__swap_duplicate.WRITE_ONCE'],
  '__read_swap_cache_async.swapcache_prepare': ['__swap_duplicate.WRITE_ONCE'],
  '__read_swap_cache_async.add_to_swap_cache': [
    '__read_swap_cache_async.add_to_swap_cache',
    'read_swap_cache_async.add_to_swap_cache',
    'read_swap_cache_async.radix_tree_insert',
  ],
  'direct_swapin.swapcache_prepare': ['__swap_duplicate.WRITE_ONCE'],
  'direct_swapin.swapcache_clear': ['cluster_swap_free_nr.__swap_entry_free_locked'],
  'cluster_swap_free_nr.__swap_entry_free_locked': ['cluster_swap_free_nr.__swap_entry_free_locked'],
  'cluster_swap_free_nr_continued.swap_count_continued': ['swap_count_continued.subtract'],
  'cluster_swap_free_nr_continued.__swap_entry_free_locked': ['swap_free.swap_map'],
  'free_swap_and_cache_nr_continued.swap_count_continued': ['swap_count_continued.subtract'],
  'free_swap_and_cache_nr_continued.__swap_entry_free_locked': ['swap_free.swap_map'],
  'free_swap_and_cache_nr.__swap_entry_free_locked': ['__swap_entry_free.__swap_entry_free_locked'],
  'delete_and_put.__delete_from_swap_cache': [
    'delete_from_swap_cache.__delete_from_swap_cache',
    'shrink_folio_list.__delete_from_swap_cache',
  ],
  'delete_and_put.put_swap_folio': ['put_swap_folio.__swap_entry_free_locked', 'put_swap_folio.swap_is_has_cache'],
  'put_swap_folio.__swap_entry_free_locked': ['put_swap_folio.__swap_entry_free_locked'],
  'free_swap_slot.zswap_invalidate': ['swap_entry_range_free.zswap_invalidate'],
  'swap_entry_range_free.map': ['swap_entry_range_free.map'],
  'swap_read_folio.call': ['read_swap_cache_async.page_allocated', 'do_swap_page.swap_read_folio'],
  '__swap_writepage.call': ['swap_writepage.__swap_writepage'],
  'zswap_entry_free.call': [
    'zswap_store.free_old',
    'zswap_store.check_old',
    'zswap_load.zswap_entry_free',
    'zswap_invalidate.zswap_entry_free',
    'zswap_writeback_entry.zswap_entry_free',
  ],
  'zswap_entry_free.list_lru_del': ['zswap_entry_free.zswap_lru_del'],
  'zswap_store.call': ['swap_writepage.zswap_store'],
  'zswap_store.xa_store': ['zswap_store.xa_store'],
  'zswap_store.list_lru_add': ['zswap_store.zswap_lru_add'],
  'zswap_store.return_true': ['zswap_store.zswap_lru_add', 'zswap_store.put_objcg'],
  'zswap_store_rejected.call': ['swap_writepage.zswap_store'],
  'zswap_store_rejected.xa_erase': ['zswap_store.check_old'],
  'zswap_store_rejected.return_false': ['zswap_store.fail'],
  'zswap_load.call': ['swap_read_folio.zswap_load'],
  'zswap_load.xa_erase': ['zswap_load.xa_erase'],
  'zswap_load.return_true': ['zswap_load.folio_mark_uptodate'],
  'zswap_load.return_false': ['zswap_load.xa_erase'],
  'zswap_load_direct.call': ['swap_read_folio.zswap_load'],
  'zswap_load_direct.xa_load': ['zswap_load.xa_erase'],
  'zswap_load_direct.return_true': ['zswap_load.folio_mark_uptodate'],
  'zswap_load_direct.return_false': ['zswap_load.xa_erase'],
  'zswap_invalidate.call': ['swap_entry_range_free.zswap_invalidate'],
  'zswap_invalidate.xa_erase': ['zswap_invalidate.xa_erase'],
  'zswap_writeback_entry.call': ['shrink_memcg_cb.swpentry'],
  'zswap_writeback_entry.xa_cmpxchg': ['zswap_writeback_entry.xa_cmpxchg'],
  'zswap_writeback_entry.__swap_writepage': ['zswap_writeback_entry.folio_mark_uptodate'],
  'zswap_writeback_entry.return_0': ['zswap_writeback_entry.written'],
  'zswap_writeback_given_up.call': ['shrink_memcg_cb.swpentry'],
  'zswap_writeback_given_up.xa_cmpxchg': ['zswap_writeback_entry.xa_cmpxchg'],
  'zswap_writeback_given_up.return_error': ['zswap_writeback_entry.folio_was_allocated', 'zswap_writeback_entry.folio_put'],
  'shrink_memcg_cb.call': ['shrink_memcg_cb.swpentry'],
  _enable_swap_info: ['swapon.enable_swap_info'],
}

const direct = '__try_to_reclaim_swap() with TTRS_DIRECT frees the slot itself; 6.14 does it by delete_from_swap_cache()'

/** What 6.14 no longer has, and why that is no step of swap-map. */
export const only6_12: Readonly<Record<string, string>> = {
  'zswap_invalidate.done': 'the return behind a call at the end of a function, which is no step in swap-map',
  '__try_to_reclaim_swap.__delete_from_swap_cache': direct,
  '__try_to_reclaim_swap.zswap_invalidate': direct,
  '__try_to_reclaim_swap.swap_entry_range_free': direct,
  'free_swap_slot.put_slot': 'mm/swap_slots.c keeps slots that are freed; 6.14 stores the 0 under the same lock',
}
