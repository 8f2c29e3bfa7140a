/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

/** Steps that stand for the second half of a critical section, where a protection that makes it one is taken out. By process. */
export const oneSection = {
  fault: ['fault/read_swap_cache.folio_get'],
  swapoff: ['swapoff/read_swap_cache.folio_get'],
  reclaim: ['reclaim/shrink_folio_list.__delete_from_swap_cache', 'reclaim/swap_duplicate.store'],
  fork: ['fork/swap_duplicate.store'],
} as const

export const aloneOnPte = {
  'nobody else faults on this PTE': ['do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.folio_put'],
}

export const noWrite = {
  'a page that is read is not copied': ['do_wp_page.*', 'fault/free_swap_cache.*', 'fault/folio_free_swap.*'],
}

export const noLostCopy = { 'nobody changes the PTE while its page is copied': ['do_wp_page.folio_put_copy'] }

export const noZswap = {
  'zswap is off': ['swap_writepage.zswap_store', 'swap_writepage.set_zswap_entry', 'swap_writepage.zswap_lru_add'],
}

export const slotFound = { 'the device has a slot for the page': ['zswap_writeback_entry.zswap_lru_add'] }

/** Of a scenario that begins with the page out, whose zap has a PTE of its own. */
export const zapOfSwapped = {
  'the PTE that is zapped is never brought in': [
    'zap_pte_range.zap_present_ptes',
    'zap_pte_range.folio_remove_rmap_ptes',
    'zap_pte_range.folio_test_swapcache',
    'zap_pte_range.folio_put',
  ],
}

export const idStays = { 'somebody holds the id, or the folio is in the swap cache, to the end': ['rcu_do_batch'] }

/** Of a fault or a swapoff that nobody overtakes between its lookup and its folio. */
export const neverLate = (process: 'fault' | 'swapoff') => ({
  'nobody else brings the page in': [`${process}/read_swap_cache.folio_put`],
})

export const notMapped = {
  'nobody has mapped the page': ['try_to_unmap.*', 'reclaim/swap_duplicate.xa_load', 'reclaim/swap_duplicate.add'],
}

export const notWritten = { 'the page is clean': ['shrink_folio_list.written', 'swap_writepage.*'] }
