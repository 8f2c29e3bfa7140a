/** Why steps cannot fire in a scenario whose entry no physical slot backs: reasons that several scenarios share. */

export const noZeroes = { 'no page is zero-filled': ['swap_zeromap_folio_set.*'] }

/** Of faults on an entry that is in zswap all the time. */
export const noSlotRead = {
  'no fault reads or releases a physical slot': [
    'fault/swap_read_folio.submit_bio',
    'fault/release_backing.xa_erase',
    'fault/release_backing.swap_slot_tryget_swap_info',
    'fault/release_backing.swap_slot_free_nr',
    'fault/release_backing.swap_slot_put_swap_info',
  ],
}
export const loadErases = {
  'zswap_load() has the entry out of the tree before release_backing() looks': ['fault/zswap_invalidate.zswap_entry_free'],
}

export const zapFindsNoSlot = {
  'zap finds no physical slot': [
    'zap/release_backing.xa_erase',
    'zap/release_backing.swap_slot_tryget_swap_info',
    'zap/release_backing.swap_slot_free_nr',
    'zap/release_backing.swap_slot_put_swap_info',
  ],
}

export const zswapTakesAll = {
  'zswap takes every page': ['zswap_store.check_old', 'zswap_store.vswap_store_folio', 'zswap_store.fail'],
}

/** Of reclaim. */
export const noSlotWritten = {
  'reclaim writes no page to a physical slot': [
    'reclaim/swap_writepage.__swap_writepage',
    'reclaim/swap_writepage.written',
    'reclaim/vswap_alloc_swap_slot.*',
    'reclaim/__swap_writepage.*',
    'reclaim/swp_entry_to_swp_slot.*',
  ],
}

/** Of a page that a PTE holds, or that reclaim finds in use. */
export const reclaimKeepsEntry = {
  'a PTE holds the entry when reclaim looks, and when it gives its pin back': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.*',
  ],
}
export const vswapStoreFolioCameFirst = {
  'reclaim has made a folio the backing before zswap_store() looks for an old entry': [
    'reclaim/zswap_invalidate.*',
    'reclaim/zswap_entry_free.*',
  ],
}

export const lookedFor = {
  'an entry that is not in the tree is not written back': ['zswap_writeback_entry.fail', 'zswap shrinker/vswap_assoc_zswap.*'],
}
export const shrinkerGivesNothingUp = {
  'the zswap entry is where it was when the shrinker has the pin': [
    'zswap_writeback_entry.release_folio',
    'zswap_writeback_entry.folio_unlock',
    'delete_from_swap_cache.*',
    'zswap shrinker/swapcache_clear.*',
  ],
}
export const shrinkerFreesNoEntry = {
  'the shrinker never drops the last reference, nor releases a backing': [
    'zswap shrinker/vswap_free.*',
    'zswap shrinker/release_backing.*',
    'zswap shrinker/zswap_invalidate.*',
  ],
}
export const shrinkerKeepsCount = {
  'the shrinker never drops the last reference': ['zswap shrinker/swapcache_clear.rcu_read_unlock'],
}
export const shrinkerAlone = {
  'nothing is in the swap cache when the shrinker looks': [
    'zswap shrinker/filemap_get_folio.folio_try_get',
    'zswap shrinker/filemap_get_folio.xas_reload',
  ],
}

export const nothingIsFreed = { 'a PTE holds the entry to the end': ['rcu_do_batch', 'vswap_free.*'] }

/** Of a fault that is not the last to have the entry, or that leaves it in the swap cache. */
export const faultFreesNothing = {
  'the fault leaves the folio in the swap cache, or the entry to others': [
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
