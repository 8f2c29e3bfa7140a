/** Why steps cannot fire in a scenario with a folio of more than one page: reasons that several scenarios share. */

/** Of a folio of which one page is unmapped. */
export const otherPageIsHeld = {
  'the PTE of the other page keeps its entry, and so the folio in the swap cache': [
    'reclaim/swap_writepage.folio_unlock',
    'reclaim/folio_free_swap.folio_ref_sub',
    'zap/folio_free_swap.folio_ref_sub',
    'zap/swapcache_clear.*',
  ],
}

/** The same, of a folio that may be zero-filled. */
export const otherPageIsHeldZeroes = {
  'the PTE of the other page keeps its entry, and so the folio in the swap cache': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'zap/folio_free_swap.folio_ref_sub',
    'zap/swapcache_clear.*',
  ],
}

/** Of a folio whose last page is mapped by somebody else than who unmaps the first. */
export const lastEntryIsHeld = { 'a PTE holds the entry of the last page': ['reclaim/swapcache_clear.rcu_read_unlock'] }

export const oneFault = { 'no other thread touches this PTE': ['do_swap_page.out_nomap'] }

export const noSlotsInARow = {
  'no two slots in a row are free: nothing is written, and the folio stays in the swap cache, dirty': [
    'end_swap_bio_write',
    'rcu_do_batch',
    'shrink_folio_list.page_success_dirty',
    'reclaim/vswap_alloc_swap_slot.xa_insert',
    'reclaim/vswap_alloc_swap_slot.write_lock',
    'reclaim/swap_writepage.written',
    'reclaim/__swap_writepage.*',
    'reclaim/swapcache_clear.*',
    'reclaim/vswap_free.*',
    'reclaim/release_backing.xa_erase',
    'reclaim/release_backing.swap_slot_tryget_swap_info',
    'reclaim/release_backing.swap_slot_free_nr',
    'reclaim/release_backing.swap_slot_put_swap_info',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'shrink_folio_list.__remove_mapping',
    'shrink_folio_list.__delete_from_swap_cache',
    'shrink_folio_list.put_swap_folio',
    'shrink_folio_list.free_it',
    'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
    'zap/vswap_free.*',
    'zap/release_backing.*',
  ],
}

/** Of a folio that is zero-filled. */
export const zeroesAlone = {
  'the folio is zero-filled: it goes neither to zswap nor to a slot': [
    'end_swap_bio_write',
    'reclaim/swap_writepage.zswap_store',
    'reclaim/swap_writepage.vswap_alloc_swap_slot',
    'reclaim/swap_writepage.__swap_writepage',
    'reclaim/swap_writepage.written',
    'reclaim/swap_writepage.folio_mark_dirty',
    'reclaim/__swap_writepage.*',
    'reclaim/zswap_store.*',
    'reclaim/vswap_assoc_zswap.*',
    'reclaim/vswap_store_folio.*',
    'reclaim/vswap_alloc_swap_slot.*',
    'reclaim/swp_entry_to_swp_slot.*',
    'reclaim/zswap_invalidate.*',
    'reclaim/zswap_entry_free.*',
    'zap/zswap_invalidate.*',
    'zap/zswap_entry_free.*',
    'reclaim/release_backing.xa_erase',
    'reclaim/release_backing.swap_slot_tryget_swap_info',
    'reclaim/release_backing.swap_slot_free_nr',
    'reclaim/release_backing.swap_slot_put_swap_info',
  ],
}

/** Of a folio that goes to zswap in part: what it has there is erased before it is asked for. */
export const erasedFirst = {
  'zswap_store() erases what it has stored in part, before release_backing() asks': ['reclaim/zswap_invalidate.zswap_entry_free'],
}

/** Of the shrinker next to reclaim. */
export const entryIsMapped = {
  'a PTE holds the entry when the shrinker gives its pin back': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
}

/** Of swapoff, and a folio that stays in the swap cache for its other page. */
export const cacheKeepsEntry = {
  'the PTE of the other page keeps the folio in the swap cache, and that keeps the entry': [
    'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
    'zap/folio_free_swap.folio_ref_sub',
    'zap/swapcache_clear.*',
    'zap/vswap_free.*',
    'zap/release_backing.*',
    'zap/zswap_invalidate.*',
    'zap/zswap_entry_free.*',
  ],
}

export const deviceTakesNoPage = {
  'a folio that is dirty has had its slots given back, and the device takes no page by then': [
    'end_swap_bio_write',
    'reclaim/vswap_alloc_swap_slot.xa_insert',
    'reclaim/vswap_alloc_swap_slot.write_lock',
    'reclaim/swap_writepage.written',
    'reclaim/__swap_writepage.*',
  ],
}

/** Of a folio that backs its entries, by the processes that release one. */
export const folioBacksAll = (...kinds: readonly string[]) => ({
  'a folio backs every entry that is released: nothing has a slot, and zswap is off': kinds.flatMap((kind) => [
    `${kind}/release_backing.xa_erase`,
    `${kind}/release_backing.swap_slot_tryget_swap_info`,
    `${kind}/release_backing.swap_slot_free_nr`,
    `${kind}/release_backing.swap_slot_put_swap_info`,
    `${kind}/zswap_invalidate.*`,
    `${kind}/zswap_entry_free.*`,
  ]),
})

export const noIo = { 'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'] }

/** Of a page that was split off. */
export const tailIsHeld = {
  'a PTE holds or maps the page that is split off, so it stays in the swap cache': [
    'split/folio_free_swap.folio_ref_sub',
    'split/swapcache_clear.*',
    'split/vswap_free.*',
    'split/release_backing.*',
    'split/zswap_invalidate.*',
    'split/zswap_entry_free.*',
  ],
}

export const zapOfMapped = {
  'the PTE that is unmapped maps its page': [
    'zap/zap_pte_range.clear_not_present_full_ptes',
    'zap/free_swap_and_cache_nr.*',
    'zap/vswap_free_nr_any_cache_only.*',
    'zap/vswap_swapcache_only.*',
    'zap/filemap_get_folio.*',
  ],
}

export const cacheHoldsPin = {
  'the entry is in the swap cache when a count of it is dropped': ['vswap_free_nr_any_cache_only.rcu_read_unlock'],
}

/** Of a fault on an entry that is in the swap cache. */
export const foundInSwapCache = {
  'the fault finds its page in the swap cache': [
    'thp fault/do_swap_page.alloc_swap_folio',
    'thp fault/do_swap_page.swapcache_prepare',
    'thp fault/do_swap_page.prepared',
    'thp fault/do_swap_page.recheck',
    'thp fault/do_swap_page.swap_read_folio',
    'thp fault/do_swap_page.swapin_readahead',
    'thp fault/vswap_can_swapin_thp.*',
    'thp fault/alloc_swap_folio.*',
    'thp fault/non_swapcache_batch.*',
    'thp fault/read_swap_cache_async.*',
    'thp fault/__read_swap_cache_async.*',
    'thp fault/swp_swapcount.*',
    'thp fault/swapcache_prepare.*',
    'thp fault/vswap_folio_backed.*',
    'thp fault/swap_read_folio.*',
    'thp fault/swap_zeromap_batch.*',
    'thp fault/zswap_load.*',
    'thp fault/vswap_store_folio.*',
  ],
  'its reference keeps the folio whole, and where it is, and no other thread touches this PTE': [
    'thp fault/do_swap_page.out_nomap',
    'thp fault/do_swap_page.out_page',
    'thp fault/do_swap_page.out_release',
  ],
  'each PTE is in a page table of its own: there is no batch': [
    'thp fault/do_swap_page.folio_pte',
    'thp fault/swap_pte_batch.*',
    'thp fault/swap_move.*',
  ],
}

/** Of a fault that tries a folio of one page, of a process by that name. */
export const onePageFault = {
  'the fault tries a folio of one page, and does not look at the PTEs around it': [
    'thp fault/alloc_swap_folio.zswap_never_enabled',
    'thp fault/alloc_swap_folio.pte_offset_map_lock',
    'thp fault/alloc_swap_folio.pte_move_swp_offset',
    'thp fault/alloc_swap_folio.ptep_get',
    'thp fault/alloc_swap_folio.swap_zeromap_batch',
    'thp fault/alloc_swap_folio.non_swapcache_batch',
    'thp fault/alloc_swap_folio.pte_unmap_unlock',
    'thp fault/alloc_swap_folio.vma_alloc_folio',
    'thp fault/alloc_swap_folio.fallback',
    'thp fault/non_swapcache_batch.*',
  ],
  'each PTE is in a page table of its own: there is no batch': [
    'thp fault/do_swap_page.folio_pte',
    'thp fault/swap_pte_batch.*',
    'thp fault/swap_move.*',
  ],
}

/** Of a fault that finds a folio of more than one page in the swap cache, or reads its page. */
export const foundWhole = {
  'its reference keeps the folio in the swap cache, and whole': ['thp fault/do_swap_page.out_page', 'thp fault/do_swap_page.out_release'],
}
export const outOfSwapCache = {
  'a folio that reclaim splits is not in the swap cache': [
    'reclaim/free_swap_cache.folio_mapped',
    'reclaim/free_swap_cache.folio_trylock',
    'reclaim/free_swap_cache.folio_free_swap',
    'reclaim/free_swap_cache.folio_unlock',
  ],
}
