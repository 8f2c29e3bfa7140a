/** Why steps cannot fire in a scenario whose entry no physical slot backs: reasons that several scenarios share. */

export const noZeroes = { 'no page is zero-filled': ['swap_zeromap_folio_set.*'] }

/** The steps of a fault that reads or releases a physical slot. */
export const noSlotReadSteps = [
  'fault/swap_read_folio.submit_bio',
  'fault/release_backing.xa_erase',
  'fault/release_backing.swap_slot_tryget_swap_info',
  'fault/release_backing.swap_slot_free_nr',
  'fault/release_backing.swap_slot_put_swap_info',
]
/** Of faults on an entry that gets a slot from the shrinker at most, where nobody drops the page. */
export const noSlotRead = {
  'an entry with a physical slot has its page in the swap cache, where a fault finds it, and leaves it': noSlotReadSteps,
}
export const loadErases = {
  'a fault reads through the swap cache, and zswap_load() has the entry out of the tree before release_backing() looks': [
    'fault/zswap_invalidate.zswap_entry_free',
  ],
}

export const zapFindsNoSlot = {
  'no page here goes to a physical slot': [
    'zap/release_backing.xa_erase',
    'zap/release_backing.swap_slot_tryget_swap_info',
    'zap/release_backing.swap_slot_free_nr',
    'zap/release_backing.swap_slot_put_swap_info',
  ],
}

export const zswapTakesAll = {
  'zswap takes every page, and has memory for its entry': ['zswap_store.check_old', 'zswap_store.vswap_store_folio', 'zswap_store.fail'],
}

/** Of reclaim; `why` says what becomes of a page instead of being written to a slot. */
export const noSlotWritten = (why: string) => ({
  [why]: [
    'reclaim/swap_writepage.__swap_writepage',
    'reclaim/swap_writepage.written',
    'reclaim/vswap_alloc_swap_slot.*',
    'reclaim/__swap_writepage.*',
    'reclaim/swp_entry_to_swp_slot.*',
  ],
})

/** Of a page that nobody unmaps. */
export const reclaimKeepsEntry = {
  'whenever reclaim has the folio lock a PTE holds the entry or maps the folio: the pin is not the last reference': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
  ],
}
export const vswapStoreFolioCameFirst = {
  'a page that reclaim writes out has no zswap entry: zswap_load() has taken it, and no page goes out twice': [
    'reclaim/zswap_invalidate.*',
    'reclaim/zswap_entry_free.*',
  ],
}

export const lookedFor = {
  'where F10 is repaired, an entry that is not in the tree gets no slot, and the second look at the tree finds what the first found': [
    'zswap_writeback_entry.fail',
    'zswap shrinker/vswap_assoc_zswap.*',
  ],
}
export const shrinkerGivesNothingUp = {
  'there is a slot, and who takes a zswap entry leaves its page in the swap cache or frees the virtual slot: the shrinker does not get the pin':
    [
      'zswap_writeback_entry.release_folio',
      'zswap_writeback_entry.folio_unlock',
      'delete_from_swap_cache.*',
      'zswap shrinker/swapcache_clear.*',
    ],
}
export const shrinkerFreesNoEntry = {
  'where the shrinker gives its pin back a PTE holds the entry, and it changes a backing in vswap_alloc_swap_slot() alone': [
    'zswap shrinker/vswap_free.*',
    'zswap shrinker/release_backing.*',
    'zswap shrinker/zswap_invalidate.*',
  ],
}
export const shrinkerKeepsCount = {
  'the shrinker never drops the last reference': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
}
export const shrinkerAlone = {
  'nothing is in the swap cache before the shrinker puts it there': [
    'zswap shrinker/filemap_get_folio.folio_try_get',
    'zswap shrinker/filemap_get_folio.xas_reload',
  ],
}

export const nothingIsFreed = { 'a PTE or the swap cache holds the entry to the end': ['rcu_do_batch', 'vswap_free.*'] }

export const faultFreesNothing = {
  'a fault to read, or by one of two owners, leaves the folio in the swap cache': [
    'fault/folio_free_swap.folio_ref_sub',
    'fault/swapcache_clear.*',
  ],
}

export const zeroFilledOnly = {
  'the page is zero-filled, and zswap is off': [
    'fault/swap_read_folio.zswap_loaded',
    'zswap_load.*',
    'zswap_invalidate.*',
    'zswap_entry_free.*',
  ],
}

/** Of a folio that the shrinker has put in the swap cache: nobody has mapped it, and it is clean once it is written. */
export const reclaimDropsOnly = {
  'the folio that reclaim finds is clean, was never mapped, and a PTE holds its entry': [
    'shrink_folio_list.added',
    'shrink_folio_list.pageout',
    'shrink_folio_list.swap_writepage',
    'shrink_folio_list.page_success',
    'shrink_folio_list.page_success_dirty',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'add_to_swap.*',
    'folio_alloc_swap.*',
    'vswap_alloc.*',
    'try_to_unmap.*',
    'swap_duplicate.*',
    'reclaim/swap_writepage.*',
    'reclaim/folio_free_swap.*',
    'reclaim/folio_swapped.*',
    'zswap_store.*',
    'reclaim/swap_zeromap_folio_set.*',
    'reclaim/vswap_assoc_zswap.*',
    'reclaim/vswap_store_folio.*',
    'reclaim/vswap_alloc_swap_slot.*',
    'reclaim/__swap_writepage.*',
    'reclaim/swp_entry_to_swp_slot.*',
    'reclaim/release_backing.*',
    'reclaim/zswap_invalidate.*',
    'reclaim/zswap_entry_free.*',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
    'rcu_do_batch',
  ],
}
