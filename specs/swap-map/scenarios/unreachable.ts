/** Why steps cannot fire in a small scenario: reasons that several scenarios share. */

export const unwatched = { 'no device is switched off, nor full': ['swap_entry_range_free.swap_range_free'] }

export const synchronous = { 'the device answers at once': ['end_swap_bio_read', 'end_swap_bio_write'] }

export const asynchronous = {
  'the device answers later': [
    'do_swap_page.alloc_swap_folio',
    'do_swap_page.swapcache_prepare',
    'do_swap_page.prepared',
    'do_swap_page.swap_read_folio',
  ],
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
