/** Why steps cannot fire in a scenario of a large folio of shmem: reasons that several scenarios share. */

export const noSwapinError = { 'no read fails': ['shmem_set_folio_swapin_error.*'] }
export const asynchronous = {
  'the device is not synchronous, so no shmem page is read past the swap cache': [
    'shmem_get_folio_gfp.shmem_alloc_folio',
    'shmem_get_folio_gfp.prepared',
    'shmem_get_folio_gfp.backing',
    'shmem_get_folio_gfp.swap_read_folio',
    'shmem/non_swapcache_batch.*',
    'shmem/vswap_can_swapin_thp.*',
  ],
}
export const splitFirst = {
  'a folio of one page is in the swap cache only once the entry is split': ['shmem_get_folio_gfp.folio_put_new'],
}
export const splitForEach = {
  'each thread has a page of its own, of an entry that is split before it is in the page cache': [
    'shmem_get_folio_gfp.folio_lock_page_cache',
    'shmem_get_folio_gfp.has_been_truncated',
  ],
}
export const bothSlots = {
  'the entry over both slots gives way to the folio over both, and the other way round': ['shmem_get_folio_gfp.folio_put_new'],
}
export const neverGone = { 'nobody truncates the file': ['shmem/__read_swap_cache_async.put_and_return'] }

/** Of a large folio, or a page of it, that is in the swap cache from the start. */
export const neverRead = {
  'the page is in the swap cache as long as the mapping holds its entry': [
    'shmem_get_folio_gfp.shmem_swapin_cluster',
    'shmem/read_swap_cache_async.*',
    'shmem/__read_swap_cache_async.*',
    'shmem/swp_swapcount.*',
    'shmem/swapcache_prepare.*',
    'shmem/vswap_folio_backed.*',
    'shmem/swap_read_folio.*',
    'shmem/swap_zeromap_batch.*',
    'shmem/zswap_load.xa_erase',
  ],
}
export const neverSplit = {
  'the entry is as large as the folio, or gone': ['shmem_split_large_entry.xas_split', 'shmem_split_large_entry.__xa_store'],
}

/** Of a large folio that one thread alone reads past the swap cache. */
export const alone = {
  'there is memory for a large folio, and nothing is in the swap cache: a range of which an entry is not there is gone': [
    'shmem_get_folio_gfp.shmem_swapin_cluster',
    'shmem_split_large_entry.xas_split',
    'shmem_split_large_entry.__xa_store',
    'shmem/read_swap_cache_async.*',
    'shmem/__read_swap_cache_async.*',
    'shmem/swp_swapcount.*',
    'shmem/delete_from_swap_cache.*',
  ],
}
/** Of pages whose slots are not in a row. */
export const readOneByOne = {
  'the pages are not read at once, and the second is behind no other': [
    'shmem_get_folio_gfp.swap_read_folio',
    'shmem/filemap_get_folio.folio_try_get',
    'shmem/filemap_get_folio.xas_reload',
  ],
}
export const splitByOther = {
  'there is memory for a large folio, and who finds no range to read at once finds it split': [
    'shmem/shmem_split_large_entry.xas_split',
    'shmem/shmem_split_large_entry.__xa_store',
  ],
}
export const punchFindsNoCache = {
  'a page whose entry is cut out is not in the swap cache': [
    'punch/free_swap_and_cache_nr.folio_free_swap',
    'punch/free_swap_and_cache_nr.folio_unlock',
    'punch/free_swap_and_cache_nr.folio_put',
    'punch/filemap_get_folio.folio_try_get',
    'punch/filemap_get_folio.xas_reload',
    'punch/folio_free_swap.*',
    'punch/folio_swapped.*',
    'punch/swapcache_clear.*',
  ],
}
export const cachedBySwapoff = {
  'a page that is not read past the swap cache is in it, or is pinned by swapoff, or is gone': [
    'shmem/__read_swap_cache_async.add_to_swap_cache',
    'shmem/__read_swap_cache_async.folio_add_lru',
    'shmem/vswap_folio_backed.*',
  ],
}
export const neverAtOnce = {
  'zswap may have a page of the range, so it is not read at once, and a page that zswap has is on no device': [
    'shmem_get_folio_gfp.shmem_alloc_folio',
    'shmem_get_folio_gfp.prepared',
    'shmem_get_folio_gfp.backing',
    'shmem_get_folio_gfp.swap_read_folio',
    'shmem/non_swapcache_batch.*',
    'shmem/vswap_can_swapin_thp.*',
  ],
}
export const onlyReader = {
  'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.folio_put_new'],
}
