/** Why steps cannot fire in a scenario of migration: reasons that several scenarios share. */

export const neverMapped = { 'nobody maps the folio': ['try_to_migrate.*', 'remove_migration_ptes.*'] }
export const nobodyInTheWay = {
  'nobody else locks the folio, or takes a reference to it, but under the lock of the PTE that maps it': [
    'migrate_folio.undo',
    'migrate_folio.unlock_dst',
    'migrate_folio.unlock_src',
    'migrate_folio.put_dst',
    'migrate_folio.putback_lru',
  ],
}
/** Of reclaim of a page that is in memory. */
export const lockedUntilUnmapped = {
  'the folio is locked from when it is in the swap cache until nobody maps it': ['try_to_migrate.*', 'remove_migration_ptes.*'],
  'nobody else holds a reference to a folio that is not locked': ['migrate_folio.undo', 'migrate_folio.unlock_dst'],
}
export const faultFindsFolio = {
  'a folio is in the swap cache while a PTE holds its entry, and the fault reads nothing': [
    'do_swap_page.swapin_readahead',
    'read_swap_cache_async.*',
    '__read_swap_cache_async.*',
    'swp_swapcount.*',
    'swapcache_prepare.*',
    'vswap_folio_backed.*',
    'swap_read_folio.*',
    'swap_zeromap_batch.*',
    'zswap_load.*',
  ],
}
/** Of a folio that the fault leaves in the swap cache. */
export const otherOwner = { 'another owner keeps the folio in the swap cache': ['folio_free_swap.*', 'folio_swapped.*'] }
export const cacheHoldsEntry = {
  'the swap cache holds the entry when zap drops its count': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
}
export const zapOfMapped = {
  'the PTE that is unmapped holds no swap entry': [
    'zap/zap_pte_range.clear_not_present_full_ptes',
    'zap/free_swap_and_cache_nr.*',
    'zap/vswap_free_nr_any_cache_only.*',
    'zap/vswap_swapcache_only.*',
    'zap/filemap_get_folio.*',
  ],
}
export const cleanFolio = {
  'the folio is clean: nothing is written out': [
    'shrink_folio_list.pageout',
    'shrink_folio_list.swap_writepage',
    'shrink_folio_list.page_success',
    'swap_writepage.*',
    'zswap_store.*',
    'vswap_store_folio.*',
    'vswap_alloc_swap_slot.*',
    '__swap_writepage.*',
    'swp_entry_to_swp_slot.*',
    'release_backing.*',
  ],
}
export const neverClean = {
  'the folio stays dirty, and in the swap cache': [
    'shrink_folio_list.__remove_mapping',
    'reclaim/swp_entry_to_swp_slot.*',
    'reclaim/swapcache_clear.*',
  ],
}
export const readaheadOfSlots = {
  'readahead meets an entry that a slot backs, and nobody else puts a folio into the swap cache': [
    'readahead/filemap_get_folio.folio_try_get',
    'readahead/filemap_get_folio.xas_reload',
    'readahead/swapcache_clear.*',
    'readahead/vswap_store_folio.*',
    'readahead/release_backing.*',
  ],
}
export const nothingToWriteTo = {
  'the one device is gone, or going': [
    'swap_writepage.written',
    'vswap_alloc_swap_slot.xa_insert',
    'vswap_alloc_swap_slot.write_lock',
    '__swap_writepage.swap_folio_sector',
    '__swap_writepage.folio_start_writeback',
  ],
}
/** Of swapoff. */
export const referencedFolioStays = {
  'neither migration nor reclaim takes a folio that somebody holds out of the swap cache': [
    'try_to_unuse.unlock_to_retry',
    'try_to_unuse.put_to_retry',
  ],
}
export const noSlotOfTruncated = {
  'truncation finds no slot': [
    'truncate/release_backing.xa_erase',
    'truncate/release_backing.swap_slot_tryget_swap_info',
    'truncate/release_backing.swap_slot_free_nr',
    'truncate/release_backing.swap_slot_put_swap_info',
  ],
}
export const swapoffFindsFolio = {
  'a folio is in the swap cache while swapoff walks: it reads nothing': [
    'swapoff/__read_swap_cache_async.folio_alloc',
    'swapoff/__read_swap_cache_async.swapcache_prepare',
    'swapoff/__read_swap_cache_async.prepared',
    'swapoff/__read_swap_cache_async.add_to_swap_cache',
    'swapoff/__read_swap_cache_async.folio_add_lru',
    'swapoff/swp_swapcount.*',
    'swapoff/swapcache_prepare.*',
    'swapoff/vswap_folio_backed.*',
    'swapoff/swap_read_folio.*',
    'swapoff/swap_zeromap_batch.*',
    'swapoff/zswap_load.xa_erase',
    'swapoff/swp_entry_to_swp_slot.*',
  ],
}
export const swapoffLoadsNothing = { 'swapoff loads no page from zswap': ['swapoff/vswap_store_folio.*'] }
