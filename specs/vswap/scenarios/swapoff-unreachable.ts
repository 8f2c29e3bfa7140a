/** Why steps cannot fire in a scenario with swapoff: reasons that several scenarios share. */

export const staysOff = { 'the device is not switched on again': ['swapoff.percpu_ref_resurrect', 'swapoff.enable_swap_info'] }
export const entryAndFolioStay = {
  'nobody frees the entry, or takes the folio out of the swap cache, under swapoff': [
    'try_to_unuse.no_folio',
    'try_to_unuse.unlock_to_retry',
    'try_to_unuse.put_to_retry',
  ],
}
export const nothingFreed = { 'a PTE or the swap cache holds the entry to the end': ['rcu_do_batch'] }
export const directReads = {
  'the device is synchronous, and the PTE holds the one reference until its own fault drops it': [
    'do_swap_page.swapin_readahead',
    'do_swap_page.out_nomap',
    'fault/__read_swap_cache_async.*',
  ],
}
export const slotOfNobody = {
  'a PTE holds an entry that has a slot': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
  ],
}
export const readLeavesCache = { 'a fault to read leaves the swap cache as it is': ['fault/folio_free_swap.*', 'fault/folio_swapped.*'] }

export const neverWritten = {
  'the page is clean and has a slot, or is dirty and has none': [
    '__swap_writepage.folio_unlock',
    '__swap_writepage.submit_bio',
    'shrink_folio_list.page_success_dirty',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
  ],
}
export const reclaimOfUnmapped = {
  'the page is in the swap cache, not mapped, and a PTE holds its entry': [
    'shrink_folio_list.added',
    'add_to_swap.*',
    'folio_alloc_swap.*',
    'vswap_alloc.*',
    'try_to_unmap.*',
    'swap_duplicate.*',
    'folio_free_swap.folio_ref_sub',
    'swapcache_clear.rcu_read_unlock',
    'vswap_free.*',
  ],
}

/** Of swapoff: the pages that it reads are in slots. */
export const swapoffReadsSlots = {
  'zswap is off, and no page is zero-filled: swapoff reads them all from the device': [
    'swapoff/swap_read_folio.folio_unlock',
    'swapoff/zswap_load.zswap_decompress',
    'swapoff/zswap_load.zswap_entry_free',
    'swapoff/zswap_load.folio_mark_dirty',
    'swapoff/zswap_load.folio_mark_uptodate',
    'swapoff/vswap_store_folio.*',
    'swapoff/zswap_invalidate.*',
    'swapoff/zswap_entry_free.*',
  ],
}
export const swapoffKeepsPin = {
  'swapoff finds no entry with a folio alone, and gives no pin back': [
    'swapoff/swapcache_clear.*',
    'swapoff/vswap_free.*',
    'swapoff/release_backing.*',
  ],
}

/** The same, of pages that zswap would take once they have left the device. */
export const swapoffReadsNoZswap = {
  'an entry whose slot swapoff has found is not in zswap by the time it is read': [
    'swapoff/swap_read_folio.folio_unlock',
    'swapoff/zswap_load.zswap_decompress',
    'swapoff/zswap_load.zswap_entry_free',
    'swapoff/zswap_load.folio_mark_dirty',
    'swapoff/zswap_load.folio_mark_uptodate',
    'swapoff/vswap_store_folio.*',
    'swapoff/zswap_invalidate.*',
    'swapoff/zswap_entry_free.*',
  ],
}
/** Of entries that get their slot from the shrinker. */
const swapoffReadsNothing = [
  'swapoff/vswap_folio_backed.*',
  'swapoff/swap_read_folio.*',
  'swapoff/swap_zeromap_batch.*',
  'swapoff/zswap_load.*',
  'swapoff/vswap_store_folio.*',
  'swapoff/zswap_invalidate.*',
  'swapoff/zswap_entry_free.*',
  'swapoff/swp_entry_to_swp_slot.*',
  'swapoff/__read_swap_cache_async.add_to_swap_cache',
  'swapoff/__read_swap_cache_async.folio_add_lru',
  'end_swap_bio_read',
]
export const slotMeansFolio = {
  'an entry that has a slot has its page in the swap cache, and nobody takes it out': [
    ...swapoffReadsNothing,
    'swapoff/swp_swapcount.*',
    'swapoff/swapcache_prepare.*',
    'swapoff/__read_swap_cache_async.folio_alloc',
    'swapoff/__read_swap_cache_async.swapcache_prepare',
    'swapoff/__read_swap_cache_async.prepared',
  ],
}
export const slotMeansFolioOrEnd = {
  'an entry that has a slot has its page in the swap cache, or goes away': swapoffReadsNothing,
}
export const noSlotGivenBack = {
  'swapoff releases no slot but in vswap_swapoff()': [
    'swapoff/swapcache_clear.*',
    'swapoff/vswap_free.*',
    'swapoff/release_backing.xa_erase',
    'swapoff/release_backing.swap_slot_tryget_swap_info',
    'swapoff/release_backing.swap_slot_free_nr',
    'swapoff/release_backing.swap_slot_put_swap_info',
    'swapoff/zswap_invalidate.zswap_entry_free',
  ],
}
/** Of a page that is in the swap cache from the first. */
export const entryWasAllocated = {
  'the page has an entry already': ['shrink_folio_list.added', 'add_to_swap.*', 'folio_alloc_swap.*', 'vswap_alloc.*'],
}
export const noSlotAskedFor = { 'zswap takes every page, and no slot is asked for': ['swap_writepage.folio_mark_dirty'] }
