/** The protocol of SWAP_HAS_CACHE and the swap cache, without which none of the others makes sense. */
import { fault, swappedOut, zap } from '../swap-map.js'
import { type Protection, protectionPairs } from './pair.js'
import { asynchronous, faultsAlone, noReclaim, readsWhatIsThere, unwatched } from './unreachable.js'

const list: Readonly<Record<string, Protection>> = {
  'duplicate-unlocked': {
    title: 'A fault sets SWAP_HAS_CACHE in a byte that it has read before another owner of the entry drops its count',
    without: 'lock the cluster in __swap_duplicate',
    violates: 'RefsExact',
    run: [fault({ pte: 1, write: false }), zap({ pte: 2 })],
    init: (s) => swappedOut(s, 2),
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...unwatched,
      ...readsWhatIsThere,
      ...faultsAlone('fault'),
      'a PTE, or the folio that is mapped, holds the entry to the end': [
        '__swap_entry_free.unlock_cluster',
        '__try_to_reclaim_swap.swap_is_has_cache',
        '__try_to_reclaim_swap.folio_set_dirty',
        'delete_from_swap_cache.*',
        'put_swap_folio.*',
        'swap_entry_range_free.map',
      ],
      'nobody else faults, and nobody asks for the swap cache to be dropped': [
        'fault/filemap_get_folio.folio_try_get',
        'fault/filemap_get_folio.xas_reload',
        'folio_free_swap.*',
        'folio_swapped.*',
        'free_swap_cache.*',
        'zap_pte_range.folios_put_refs',
      ],
    },
    broken: [203, 368, 24],
    counts: [507, 962, 53],
  },
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
    broken: [49, 50, 48],
    counts: [52, 53, 51],
  },
}

export const scenarios = protectionPairs(list)
