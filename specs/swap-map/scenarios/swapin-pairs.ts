/** Faults that meet a slot that was freed and taken again meanwhile: family A1 of the corpus. */
import { process } from '../../../checker/index.js'
import { madvise_pageout } from '../madvise-pageout.js'
import { fault, swappedOutSynchronously } from '../swap-map.js'
import { type Protection, protectionPairs } from './pair.js'
import { freesNoSwap, synchronous, unwatched } from './unreachable.js'

const pageout = process('madvise pageout', madvise_pageout)

const list: Readonly<Record<string, Protection>> = {
  'skip-swapcache-aba': {
    title: 'A fault past the swap cache is on its way while another takes the page in, writes to it, and it goes out to the same slot',
    without: 'pin the entry before a direct read',
    violates: 'NoStaleData',
    run: [fault({ pte: 1, write: false }), pageout({ pte: 1 })],
    init: (s) => swappedOutSynchronously(s, 1),
    unreachable: {
      ...synchronous,
      ...unwatched,
      ...freesNoSwap('fault'),
      'SWAP_HAS_CACHE keeps the PTE as it was': ['do_swap_page.out_nomap'],
      'who does not find the count at 1 finds it at 0': [
        'madvise pageout/filemap_get_folio.folio_try_get',
        'madvise pageout/filemap_get_folio.xas_reload',
        'madvise pageout/__read_swap_cache_async.swapcache_prepare',
        'madvise pageout/__read_swap_cache_async.prepared',
        'madvise pageout/__read_swap_cache_async.add_to_swap_cache',
        'madvise pageout/__read_swap_cache_async.folio_add_lru',
        'madvise pageout/read_swap_cache_async.got_folio',
      ],
      'a PTE holds the entry whenever it is paged out': [
        'madvise pageout/folio_free_swap.folio_set_dirty',
        'madvise pageout/delete_from_swap_cache.*',
      ],
    },
    broken: [3_100, 5_783, 67],
    counts: [6_538, 12_551, 123],
  },
}

export const scenarios = protectionPairs(list)
