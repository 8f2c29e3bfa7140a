/** The protocol of SWAP_HAS_CACHE and the swap cache, without which none of the others makes sense. */
import { fault, swappedOut } from '../swap-map.js'
import { type Protection, protectionPairs } from './pair.js'
import { asynchronous, noReclaim, unwatched } from './unreachable.js'

const list: Readonly<Record<string, Protection>> = {
  'put-swap-folio': {
    title: 'A page that is written to leaves the swap cache, and SWAP_HAS_CACHE is not given back',
    without: 'put SWAP_HAS_CACHE after removal from the swap cache',
    violates: 'NoLeak',
    run: [fault({ pte: 1, write: true })],
    init: (s) => swappedOut(s, 1),
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...unwatched,
      'nobody else faults, and nothing but the swap cache is left of the entry': [
        'do_swap_page.out_nomap',
        'do_swap_page.out_page',
        'do_swap_page.out_release',
        '__read_swap_cache_async.put_and_return',
        'filemap_get_folio.folio_try_get',
        'filemap_get_folio.xas_reload',
        'put_swap_folio.__swap_entry_free_locked',
      ],
    },
    broken: [48, 49, 47],
    counts: [51, 52, 50],
  },
}

export const scenarios = protectionPairs(list)
