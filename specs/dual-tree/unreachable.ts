/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

/** Of the two designs with one tree: the steps that change the second one. */
export const oneLock = {
  fault: ['fault/swap_free.erase', 'fault/delete_from_swap_cache.radix_tree_delete'],
  zap: ['zap/swap_free.erase', 'zap/delete_from_swap_cache.radix_tree_delete'],
  reclaim: ['reclaim/shrink_folio_list.radix_tree_replace'],
} as const

/** Of a fault, which has the page in the tree and locked, with no slot left, as it drops its count. */
export const pageInTree = {
  'the page of a fault is in the tree as its count goes': ['fault/swap_free.swap_slot_free'],
  'a page that was read has no slot': ['fault/delete_from_swap_cache.swap_slot_free'],
}

export const noZeroes = (...processes: readonly ('fault' | 'swapoff')[]) => ({
  'no page is zeroes': processes.map((process) => `${process}/read_swap_cache.zero_user`),
})

export const aloneOnPte = {
  'nobody else faults on this PTE': ['do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.folio_put'],
}

export const noWrite = {
  'a page that is read is not copied': ['do_wp_page.*', 'fault/free_swap_cache.*', 'fault/delete_from_swap_cache.*'],
}

export const noLostCopy = { 'nobody changes the PTE while its page is copied': ['do_wp_page.folio_put_copy'] }

/** Of a scenario that begins with the page out, whose zap has a PTE of its own. */
export const zapOfSwapped = {
  'the PTE that is zapped is never brought in': [
    'zap_pte_range.zap_present_ptes',
    'zap_pte_range.folio_remove_rmap_ptes',
    'zap_pte_range.folio_test_swapcache',
    'zap_pte_range.folio_put',
  ],
}

export const forkOfSwapped = { 'the page that is forked is out': ['copy_pte_range.copy_present_ptes'] }

export const noHit = (process: string) => ({
  'nobody else looks for the page while it is in the tree': [
    `${process}/read_swap_cache.folio_try_get`,
    `${process}/read_swap_cache.recheck`,
  ],
})

/** Of reclaim of a page that somebody has mapped throughout, or that holds an index. */
export const countStays = { 'the count is not 0 as the page leaves the tree': ['shrink_folio_list.swap_slot_free'] }
