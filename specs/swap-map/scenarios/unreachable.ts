/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

const nobodySwitches = 'nobody switches a device off or on'

/** Of scenarios without swapoff; `allocates` where slots are taken. */
export const unwatched = {
  [nobodySwitches]: ['swap_entry_range_free.swap_range_free', 'swap_entry_range_free.add_to_avail_list'],
}

export const unwatchedAllocation = {
  [nobodySwitches]: [
    ...unwatched[nobodySwitches],
    'get_swap_pages.get_swap_device_info',
    'get_swap_pages.swap_range_alloc',
    'get_swap_pages.put_swap_device',
  ],
}

export const synchronous = { 'the device answers at once': ['end_swap_bio_read', 'end_swap_bio_write'] }

export const noIo = { 'nothing is read or written': ['end_swap_bio_read', 'end_swap_bio_write'] }

export const asynchronous = {
  'the device answers later': [
    'do_swap_page.alloc_swap_folio',
    'do_swap_page.swapcache_prepare',
    'do_swap_page.prepared',
    'do_swap_page.swap_read_folio',
    'swapcache_clear.*',
  ],
  'who drops a count here has a folio in the swap cache, so it is never the last of the slot': ['cluster_swap_free_nr.unlock_cluster'],
}

export const noReclaim = { 'nothing is written out': ['end_swap_bio_write'] }

/** Of processes that only read. */
export const freesNoSwap = (...readers: readonly string[]) => ({
  'nothing asks for the swap cache of a page that is only read to be dropped': readers.flatMap((name) => [
    `${name}/folio_free_swap.*`,
    `${name}/folio_swapped.*`,
    `${name}/delete_from_swap_cache.*`,
    `${name}/put_swap_folio.*`,
  ]),
})

/** Of processes that fault while the page is in the swap cache, or mapped. */
export const findsFolio = (...names: readonly string[]) => ({
  'whoever faults finds the page in the swap cache': names.flatMap((name) => [
    `${name}/do_swap_page.swapin_readahead`,
    `${name}/read_swap_cache_async.*`,
    `${name}/__read_swap_cache_async.*`,
    `${name}/swap_swapcount.*`,
    `${name}/swapcache_prepare.*`,
    `${name}/swap_read_folio.*`,
  ]),
})

/** Of processes whose PTE nobody else faults on. */
export const faultsAlone = (...names: readonly string[]) => ({
  'nobody else faults on this PTE': names.flatMap((name) => [
    `${name}/do_swap_page.out_nomap`,
    `${name}/do_swap_page.out_page`,
    `${name}/do_swap_page.out_release`,
  ]),
})

/** Of processes that drop the swap cache of an entry as the last that holds it. */
export const putsLast = (...names: readonly string[]) => ({
  'the swap cache is all that is left of the entry when it is dropped': names.map(
    (name) => `${name}/put_swap_folio.__swap_entry_free_locked`,
  ),
})

export const readsWhatIsThere = { 'the entry is there, and so is memory': ['__read_swap_cache_async.put_and_return'] }

/** Of scenarios with swapoff. */
export const swapoffOfThis = {
  'si->lock is held as the device leaves the avail list': ['swapoff.spin_lock'],
  'swapoff drops the swap cache of what nothing else holds': ['swapoff/put_swap_folio.__swap_entry_free_locked'],
}

export const nothingLeftInCache = {
  'nothing is left in the swap cache when swapoff has walked the page tables': [
    'try_to_unuse.folio_lock_of_cache',
    'try_to_unuse.folio_wait_writeback_of_cache',
  ],
}

/** Of devices from which nothing is read. */
export const nothingToRead = {
  'no page table that swapoff walks has an entry': [
    'try_to_unuse.swapin_readahead',
    'try_to_unuse.folio_lock',
    'try_to_unuse.folio_wait_writeback',
    'unuse_pte.*',
    'read_swap_cache_async.*',
    '__read_swap_cache_async.*',
    '__swap_duplicate.*',
    'swapcache_prepare.*',
    'swap_swapcount.*',
    'swap_read_folio.*',
    'swap_free_nr.*',
    'cluster_swap_free_nr.*',
    'end_swap_bio_read',
  ],
}

export const nobodyElseFaults = {
  'nobody else faults on this PTE': ['do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.out_release'],
}

export const dropsLast = {
  'the swap cache is all that is left of the entry when it is dropped': ['put_swap_folio.__swap_entry_free_locked'],
}
