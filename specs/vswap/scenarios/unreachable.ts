/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

export const noReclaim = { 'nothing is written out': ['end_swap_bio_write'] }

export const noRead = { 'nothing is read into the swap cache': ['end_swap_bio_read'] }

export const asynchronous = {
  'the device is not synchronous': [
    'do_swap_page.alloc_swap_folio',
    'do_swap_page.swapcache_prepare',
    'do_swap_page.prepared',
    'do_swap_page.recheck',
    'do_swap_page.swap_read_folio',
    'vswap_can_swapin_thp.*',
  ],
}

/** The same, of scenarios with reclaim. */
export const asynchronousWrite = { 'the device is not synchronous, nor its writes': ['__swap_writepage.submit_bio_wait'] }

/** Of pages that reclaim finds with no slot yet, and that do not come back to it. */
export const writtenOnce = {
  'no page that is written out has a slot from an earlier time': [
    'reclaim/release_backing.xa_erase',
    'reclaim/release_backing.swap_slot_tryget_swap_info',
    'reclaim/release_backing.swap_slot_free_nr',
    'reclaim/release_backing.swap_slot_put_swap_info',
  ],
}

export const noDirectRead = {
  'whoever finds one reference finds the other thread reading the page': [
    'do_swap_page.recheck',
    'do_swap_page.swap_read_folio',
    'vswap_can_swapin_thp.*',
  ],
}

/** Of a fault that drops its count. */
export const pinned = {
  'a fault drops its count while it has the pin or a folio in the swap cache, so the count is not the last reference': [
    'fault/vswap_free_nr_any_cache_only.rcu_read_unlock',
  ],
}

export const slotsSuffice = { 'there is always a free physical slot': ['swap_writepage.folio_mark_dirty'] }

/** Of a page that reclaim finds in use. */
export const stillSwapped = {
  'a PTE holds the entry whenever reclaim gives its pin back': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
    'reclaim/swap_writepage.folio_unlock',
  ],
}

/** Of an entry that is held to the end. */
export const entryStays = {
  'a PTE or the swap cache holds the entry to the end': [
    'rcu_do_batch',
    'fault/folio_free_swap.folio_ref_sub',
    'fault/swapcache_clear.*',
    'fault/vswap_free.*',
    'fault/release_backing.*',
  ],
}

export const nobodyElseFaults = {
  'no other thread touches this PTE': ['do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.out_release'],
}

/** Of a fork of an entry that nobody brings back for the parent. */
export const forkOfSwapped = {
  'the PTE that is copied is swapped out': [
    'fork/copy_pte_range.folio_get',
    'fork/copy_pte_range.folio_try_dup_anon_rmap_pte',
    'fork/copy_pte_range.wrprotect_ptes',
    'fork/copy_pte_range.set_ptes',
  ],
}

/** The steps of zap that take a folio out of the swap cache. */
export const freeSwapCache = [
  'zap/zap_pte_range.folio_mapped',
  'zap/zap_pte_range.folio_trylock',
  'zap/zap_pte_range.folio_free_swap',
  'zap/zap_pte_range.folio_unlock',
]

export const zapOfSwapped = {
  'the PTE that is unmapped is swapped out': [
    'zap/zap_pte_range.zap_present_folio_ptes',
    'zap/zap_pte_range.folio_remove_rmap_ptes',
    'zap/zap_pte_range.free_swap_cache',
    'zap/zap_pte_range.folios_put_refs',
    ...freeSwapCache,
  ],
}

/** Of folios that are found by one thread alone. */
export const noCacheHit = {
  'nobody else puts a folio in the swap cache': ['fault/filemap_get_folio.folio_try_get', 'fault/filemap_get_folio.xas_reload'],
}

/** Of faults of one PTE on a synchronous device. */
export const onlyDirectReads = {
  'whoever finds no single reference finds the entry gone': [
    'end_swap_bio_read',
    '__read_swap_cache_async.swapcache_prepare',
    '__read_swap_cache_async.prepared',
    '__read_swap_cache_async.add_to_swap_cache',
    '__read_swap_cache_async.folio_add_lru',
    'vswap_folio_backed.*',
  ],
}

export const nothingToFree = { 'nothing is ever in the swap cache': ['folio_free_swap.*', 'folio_swapped.*'] }

export const entryIsRead = { 'there is memory, and the entry stays': ['__read_swap_cache_async.put_and_return'] }

const zswapIsOff = {
  fault: [
    'fault/zswap_load.zswap_decompress',
    'fault/zswap_load.zswap_entry_free',
    'fault/zswap_load.folio_mark_dirty',
    'fault/zswap_load.folio_mark_uptodate',
    'fault/swap_read_folio.folio_unlock',
    'fault/vswap_store_folio.*',
    'fault/zswap_invalidate.*',
    'fault/zswap_entry_free.*',
  ],
  reclaim: [
    'zswap_store.zswap_compress',
    'zswap_store.xa_store',
    'zswap_store.vswap_assoc_zswap',
    'zswap_store.free_old',
    'zswap_store.swpentry',
    'zswap_store.zswap_lru_add',
    'vswap_assoc_zswap.*',
    'swap_zeromap_folio_set.*',
    'reclaim/zswap_invalidate.*',
    'reclaim/zswap_entry_free.*',
  ],
  zap: ['zap/zswap_invalidate.*', 'zap/zswap_entry_free.*'],
  readahead: [
    'readahead/swap_read_folio.folio_unlock',
    'readahead/zswap_load.zswap_decompress',
    'readahead/zswap_load.zswap_entry_free',
    'readahead/zswap_load.folio_mark_dirty',
    'readahead/zswap_load.folio_mark_uptodate',
    'readahead/vswap_store_folio.*',
    'readahead/zswap_invalidate.*',
    'readahead/zswap_entry_free.*',
  ],
  store: [
    'store/swap_read_folio.folio_unlock',
    'store/zswap_load.zswap_decompress',
    'store/zswap_load.zswap_entry_free',
    'store/zswap_load.folio_mark_dirty',
    'store/zswap_load.folio_mark_uptodate',
    'store/vswap_store_folio.*',
    'store/zswap_invalidate.*',
    'store/zswap_entry_free.*',
  ],
  truncate: ['truncate/zswap_invalidate.*', 'truncate/zswap_entry_free.*'],
  pageout: [
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
    'pageout/swap_zeromap_folio_set.*',
    'pageout/zswap_invalidate.*',
    'pageout/zswap_entry_free.*',
  ],
}

/** Of scenarios in which every page that is out is in a physical slot, by the kinds of processes that would see another. */
export const swapfileOnly = (...kinds: readonly (keyof typeof zswapIsOff)[]) => ({
  'zswap is off, and no page is zero-filled': kinds.flatMap((kind) => zswapIsOff[kind]),
})
