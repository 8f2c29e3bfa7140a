/** Why steps cannot fire in a scenario of a shmem page in zswap, or whose device is switched off: reasons that several scenarios share. */

export const noSlotRead = {
  'a fault finds the page in zswap, and reads no slot': [
    'swap_read_folio.submit_bio',
    'shmem/release_backing.xa_erase',
    'shmem/release_backing.swap_slot_tryget_swap_info',
    'shmem/release_backing.swap_slot_free_nr',
    'shmem/release_backing.swap_slot_put_swap_info',
  ],
}
/** The same, where the page may have been written back. */
export const slotIsCached = {
  'a page that was written back is in the swap cache, or its zswap entry is where it was': ['swap_read_folio.submit_bio'],
}
export const loadErases = {
  'zswap_load() has the entry out of the tree before release_backing() looks': ['shmem/zswap_invalidate.zswap_entry_free'],
}
export const shrinkerFindsEntry = {
  'the zswap entry is where it was when the shrinker has the pin, or a folio backs the page': [
    'zswap_writeback_entry.release_folio',
    'zswap_writeback_entry.folio_unlock',
    'zswap shrinker/delete_from_swap_cache.*',
  ],
}
export const shrinkerReleasesFolio = {
  'what the shrinker releases, if it drops the last reference, is a folio': [
    'zswap shrinker/release_backing.xa_erase',
    'zswap shrinker/release_backing.swap_slot_tryget_swap_info',
    'zswap shrinker/release_backing.swap_slot_free_nr',
    'zswap shrinker/release_backing.swap_slot_put_swap_info',
    'zswap shrinker/zswap_invalidate.*',
  ],
}
export const noFaultError = { 'no read by a fault fails': ['shmem_set_folio_swapin_error.*', 'shmem/delete_from_swap_cache.*'] }
export const noPageoutError = {
  'no read by the thread that takes the page out fails': ['shmem_set_folio_swapin_error.*', 'pageout/delete_from_swap_cache.*'],
}
export const neverFails = {
  'nobody truncates the page, or brings it back meanwhile': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
}
export const pageoutToZswap = {
  'the thread that takes the page out gives it to zswap, and no slot': [
    'swap_writepage.__swap_writepage',
    'swap_writepage.written',
    'pageout/vswap_alloc_swap_slot.*',
    'pageout/__swap_writepage.*',
    'pageout/folio_free_swap.folio_ref_sub',
    'pageout/swapcache_clear.rcu_read_unlock',
  ],
}
export const neverClustered = {
  'whoever finds no device finds the entry gone': [
    'shmem_get_folio_gfp.shmem_swapin_cluster',
    'shmem/read_swap_cache_async.*',
    'shmem/__read_swap_cache_async.*',
    'shmem/swp_swapcount.*',
  ],
}
export const truncateOfSwapped = {
  'nobody brings the page back': [
    'shmem_undo_range.folio_try_get',
    'shmem_undo_range.xas_reload',
    'shmem_undo_range.folio_lock',
    'shmem_undo_range.folio_mapping',
    'shmem_undo_range.filemap_remove_folio',
    'shmem_undo_range.folio_put_refs',
    'shmem_undo_range.folio_unlock',
    'shmem_undo_range.folio_batch_release',
  ],
}
export const heldFolioStays = {
  'neither swapoff nor reclaim takes a folio that somebody holds out of the swap cache': ['shmem_get_folio_gfp.folio_put'],
}
export const neverCached = {
  'nothing is ever in the swap cache': [
    'free_swap_and_cache_nr.filemap_get_folio',
    'free_swap_and_cache_nr.folio_trylock',
    'vswap_swapcache_only.*',
    'filemap_get_folio.xas_load',
  ],
}
