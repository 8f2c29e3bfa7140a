/** Why steps cannot fire in a scenario of shmem: reasons that several scenarios share. */

export const noWrite = { 'nothing is written out': ['end_swap_bio_write'] }
export const noRead = { 'nothing is read into the swap cache': ['end_swap_bio_read'] }
export const readersOnly = { 'nobody writes to the file': ['shmem_file.folio_mark_dirty'] }
export const asynchronous = {
  'the device is not synchronous, so no shmem page is read past the swap cache': [
    'shmem_get_folio_gfp.shmem_alloc_folio',
    'shmem_get_folio_gfp.prepared',
    'shmem_get_folio_gfp.folio_backed',
    'shmem_get_folio_gfp.folio_put_new',
    'shmem_get_folio_gfp.swap_read_folio',
  ],
}
export const asynchronousWrite = { 'the device is not synchronous, nor its writes': ['__swap_writepage.submit_bio_wait'] }
export const rightZone = {
  'the mapping takes folios of any zone': [
    'shmem_get_folio_gfp.shmem_replace_folio',
    'shmem_get_folio_gfp.replaced',
    'shmem_replace_folio.*',
    'vswap_migrate.*',
  ],
}
export const noReadError = { 'no read fails': ['shmem_set_folio_swapin_error.*', 'delete_from_swap_cache.*'] }

export const zswapIsOff = {
  'zswap is off, and no page is zero-filled': [
    'swap_read_folio.folio_unlock',
    'zswap_load.zswap_decompress',
    'zswap_load.zswap_entry_free',
    'zswap_load.folio_mark_dirty',
    'zswap_load.folio_mark_uptodate',
    'zswap_invalidate.*',
    'zswap_entry_free.*',
  ],
}
export const noLoad = { 'no folio takes the place of a zswap entry': ['shmem/vswap_store_folio.*'] }
/** Of truncation without a fault. */
export const noZswapEntry = { 'zswap has no entry': ['zswap_invalidate.*', 'zswap_entry_free.*'] }
export const noStore = {
  'zswap takes no page, and none is zero-filled': [
    'zswap_store.zswap_compress',
    'zswap_store.xa_store',
    'zswap_store.vswap_assoc_zswap',
    'zswap_store.free_old',
    'zswap_store.swpentry',
    'zswap_store.zswap_lru_add',
    'vswap_assoc_zswap.*',
    'swap_zeromap_folio_set.*',
  ],
}
export const notMapped = {
  'nobody maps the folio, nor is it anonymous': ['try_to_unmap.*', 'swap_duplicate.*', 'add_to_swap.*', 'shrink_folio_list.added'],
}
export const slotsSuffice = { 'there is always a free physical slot': ['swap_writepage.folio_mark_dirty'] }
export const nodesSuffice = {
  'there is memory for the swap cache': ['shmem_writepage.mutex_unlock_failed', 'shmem_writepage.put_swap_folio'],
}
export const entriesSuffice = {
  'there is a free virtual slot': ['shmem_writepage.redirty'],
}
export const mappingHolds = {
  'the mapping holds the entry until its swap_free_nr(), unless it is truncated': ['shmem/swapcache_clear.rcu_read_unlock'],
}

/** Of a page that one thread alone brings back. */
export const cachedByOne = {
  'nobody else puts a folio in the swap cache': ['shmem/filemap_get_folio.folio_try_get', 'shmem/filemap_get_folio.xas_reload'],
}
export const neverInPageCache = {
  'nobody else brings the page back': [
    'shmem_get_folio_gfp.folio_try_get',
    'shmem_get_folio_gfp.xas_reload',
    'shmem_get_folio_gfp.folio_lock_page_cache',
    'shmem_get_folio_gfp.has_been_truncated',
  ],
}
export const neverTruncated = {
  'nobody truncates the page, or brings it back meanwhile': [
    'shmem_get_folio_gfp.failed',
    'shmem_get_folio_gfp.unlock',
    'shmem/__read_swap_cache_async.put_and_return',
  ],
}
export const neverMoved = {
  'the folio that is found in the swap cache stays there': ['shmem_get_folio_gfp.unlock_folio', 'shmem_get_folio_gfp.folio_put'],
}
export const onlyDirectReads = {
  'whoever finds no device finds the entry gone': [
    'shmem/__read_swap_cache_async.swapcache_prepare',
    'shmem/__read_swap_cache_async.prepared',
    'shmem/__read_swap_cache_async.add_to_swap_cache',
    'shmem/__read_swap_cache_async.folio_add_lru',
  ],
}
export const foundInCache = {
  'the folio is in the swap cache while the entry is in use': [
    'shmem/__read_swap_cache_async.swapcache_prepare',
    'shmem/__read_swap_cache_async.prepared',
    'shmem/__read_swap_cache_async.add_to_swap_cache',
    'shmem/__read_swap_cache_async.folio_add_lru',
    'shmem/swapcache_prepare.*',
    'shmem/vswap_folio_backed.*',
    'shmem/swap_read_folio.*',
    'shmem/swap_zeromap_batch.*',
    'shmem/zswap_load.xa_erase',
  ],
}
export const truncateFindsNoCache = {
  'truncation finds no folio in the swap cache': [
    'truncate/free_swap_and_cache_nr.folio_free_swap',
    'truncate/free_swap_and_cache_nr.folio_unlock',
    'truncate/free_swap_and_cache_nr.folio_put',
    'truncate/filemap_get_folio.folio_try_get',
    'truncate/filemap_get_folio.xas_reload',
    'truncate/folio_free_swap.*',
    'truncate/folio_swapped.*',
    'truncate/swapcache_clear.*',
  ],
}
export const truncateOfCached = {
  'the swap cache holds the entry when truncation drops its count': ['truncate/vswap_free_nr_any_cache_only.rcu_read_unlock'],
}
/** Of reclaim of a page that is not truncated. */
export const reclaimKeepsEntry = {
  'the mapping holds the entry when reclaim looks, and when it gives its pin back': [
    'swap_writepage.folio_unlock',
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
  ],
}
export const writtenOnce = {
  'no page that is written out has a slot from an earlier time': [
    'reclaim/release_backing.xa_erase',
    'reclaim/release_backing.swap_slot_tryget_swap_info',
    'reclaim/release_backing.swap_slot_free_nr',
    'reclaim/release_backing.swap_slot_put_swap_info',
  ],
}
export const entryStays = { 'the mapping holds the entry to the end': ['rcu_do_batch'] }

/** Of a page whose folio alone backs it. */
export const readsNothing = {
  'an entry that a folio backs is not read': [
    'shmem/__read_swap_cache_async.folio_add_lru',
    'shmem/swap_read_folio.*',
    'shmem/swap_zeromap_batch.*',
    'shmem/zswap_load.*',
    'shmem/release_backing.xa_erase',
    'shmem/release_backing.swap_slot_tryget_swap_info',
    'shmem/release_backing.swap_slot_free_nr',
    'shmem/release_backing.swap_slot_put_swap_info',
  ],
}

/** Of the thread that takes its pages out itself. */
export const pageoutReadsDirectly = {
  'the thread that takes the page out finds it swapped out with a slot, or in the swap cache': [
    'pageout/__read_swap_cache_async.swapcache_prepare',
    'pageout/__read_swap_cache_async.prepared',
    'pageout/__read_swap_cache_async.add_to_swap_cache',
    'pageout/__read_swap_cache_async.folio_add_lru',
  ],
}
export const onlyReads = { 'the other thread only reads': ['shmem/shmem_file.folio_mark_dirty'] }
export const pageoutKeepsEntry = {
  'the mapping holds the entry when it is written out': ['swap_writepage.folio_unlock', 'pageout/folio_free_swap.folio_ref_sub'],
}

export const neverWrittenBack = {
  'memory.zswap.writeback is 0: nothing is written to a slot, and so no folio is clean': [
    'shrink_folio_list.page_success_dirty',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'shrink_folio_list.__delete_from_swap_cache',
    'shrink_folio_list.put_swap_folio',
    'shrink_folio_list.free_it',
    'swap_writepage.__swap_writepage',
    'swap_writepage.written',
    'vswap_alloc_swap_slot.*',
    '__swap_writepage.*',
  ],
}
export const folioBackedOnly = {
  'the swap cache has no folio for an entry only while a slot is read directly, or a folio backs it': [
    '__read_swap_cache_async.folio_add_lru',
  ],
}
export const writtenInUse = { 'a PTE or the mapping holds the entry when it is written out': ['swap_writepage.folio_unlock'] }
export const countedInUse = {
  'the mapping holds the entry of a folio that is in the swap cache': ['swap_writepage.folio_unlock', 'folio_free_swap.folio_ref_sub'],
}

/** Of a folio that is replaced in the swap cache, and backs its entry. */
export const foundOrBacked = {
  'a folio is in the swap cache while the entry is in use': [
    'shmem/__read_swap_cache_async.swapcache_prepare',
    'shmem/__read_swap_cache_async.prepared',
    'shmem/__read_swap_cache_async.add_to_swap_cache',
    'shmem/__read_swap_cache_async.folio_add_lru',
    'shmem/swapcache_prepare.*',
    'shmem/vswap_folio_backed.*',
    'shmem/swap_read_folio.*',
    'shmem/swap_zeromap_batch.*',
    'shmem/zswap_load.*',
    'shmem/release_backing.xa_erase',
    'shmem/release_backing.swap_slot_tryget_swap_info',
    'shmem/release_backing.swap_slot_free_nr',
    'shmem/release_backing.swap_slot_put_swap_info',
  ],
}

/** Of reclaim of a page that is not in the page cache. */
export const goesOutOfCache = {
  'the page is in the swap cache when it goes out, and so has its entry': [
    'shmem_writepage.*',
    'swap_duplicate_nr.*',
    'folio_alloc_swap.*',
    'vswap_alloc.*',
  ],
}
