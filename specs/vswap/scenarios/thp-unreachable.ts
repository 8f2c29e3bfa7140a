/** Why steps cannot fire in a scenario with a large fault or a batch of PTEs: reasons that several scenarios share. */

type Who = readonly string[]
const of = (who: Who, ...steps: readonly string[]) => who.flatMap((name) => steps.map((step) => `${name}/${step}`))

/** Of processes that bring a page in, or release one. */
export const noZswap = (...who: Who) => ({
  'nothing is in zswap, and no range that is brought in is zero-filled': of(
    who,
    'swap_read_folio.folio_unlock',
    'zswap_load.zswap_decompress',
    'zswap_load.zswap_entry_free',
    'zswap_load.folio_mark_dirty',
    'zswap_load.folio_mark_uptodate',
    'vswap_store_folio.*',
    'zswap_invalidate.*',
    'zswap_entry_free.*',
  ),
})
export const noZswapToFree = (...who: Who) => ({ 'nothing is in zswap': of(who, 'zswap_invalidate.*', 'zswap_entry_free.*') })

export const pinnedFault = (...who: Who) => ({
  'a fault drops its counts while it has the pins or a folio in the swap cache, so they are not the last references': of(
    who,
    'vswap_free_nr_any_cache_only.rcu_read_unlock',
  ),
})

/** The device is synchronous, and nobody goes through the swap cache. */
export const pastSwapCache = (...who: Who) => ({
  'everybody reads past the swap cache, and no folio is in it': [
    'end_swap_bio_read',
    ...of(
      who,
      'filemap_get_folio.folio_try_get',
      'filemap_get_folio.xas_reload',
      'vswap_folio_backed.*',
      'folio_free_swap.*',
      'folio_swapped.*',
    ),
  ],
})
export const noReadahead = (...who: Who) => ({
  'the entry that a fault starts from has one count, its own, until the fault is over': of(
    who,
    'do_swap_page.swapin_readahead',
    'read_swap_cache_async.*',
    '__read_swap_cache_async.*',
  ),
})
/** Of faults that may find the entry gone. */
export const entryIsGone = (...who: Who) => ({
  'whoever finds no single count finds the entry gone': of(
    who,
    '__read_swap_cache_async.swapcache_prepare',
    '__read_swap_cache_async.prepared',
    '__read_swap_cache_async.add_to_swap_cache',
    '__read_swap_cache_async.folio_add_lru',
  ),
})

export const pinKeepsPte = (...who: Who) => ({
  'nobody else changes the PTE once its entry is pinned, or its folio locked, by the fault': of(who, 'do_swap_page.out_nomap'),
})
export const nothingInTheWay = (...who: Who) => ({
  'nobody is in the way of this fault': of(who, 'do_swap_page.out_nomap', 'do_swap_page.out_page', 'do_swap_page.out_release'),
})

/** Of faults that find the folio in the swap cache, whatever happens. */
export const noDirectRead = (...who: Who) => ({
  'the folio is in the swap cache while a PTE holds one of its entries': of(
    who,
    'do_swap_page.swapcache_prepare',
    'do_swap_page.prepared',
    'do_swap_page.recheck',
    'do_swap_page.swap_read_folio',
    'vswap_can_swapin_thp.*',
    'alloc_swap_folio.*',
    'non_swapcache_batch.*',
    'swapcache_prepare.*',
    'vswap_folio_backed.*',
    'swap_read_folio.*',
    'swap_zeromap_batch.*',
    'zswap_load.xa_erase',
  ),
})
export const cacheHit = (...who: Who) => ({
  'the first look at the swap cache finds the folio': of(
    who,
    'do_swap_page.alloc_swap_folio',
    'do_swap_page.swapin_readahead',
    'read_swap_cache_async.*',
    '__read_swap_cache_async.*',
    'swp_swapcount.*',
  ),
})

/** Of who unmaps pages that nobody brings in. */
export const thpZapOfSwapped = {
  'the PTEs that are unmapped at once are swapped out, or none': [
    'thp zap/zap_pte_range.zap_present_folio_ptes',
    'thp zap/zap_pte_range.folio_remove_rmap_ptes',
    'thp zap/zap_pte_range.free_swap_cache',
    'thp zap/zap_pte_range.folios_put_refs',
    'thp zap/free_swap_cache.*',
  ],
}
/** Of who unmaps where nobody leaves a folio in the swap cache. */
export const nothingCached = (...who: Who) => ({
  'no folio is in the swap cache for who unmaps': of(
    who,
    'free_swap_and_cache_nr.folio_free_swap',
    'free_swap_and_cache_nr.folio_unlock',
    'free_swap_and_cache_nr.folio_put',
    'filemap_get_folio.folio_try_get',
    'filemap_get_folio.xas_reload',
    'folio_free_swap.*',
    'folio_swapped.*',
    'swapcache_clear.*',
  ),
})
/** Of who unmaps one page of a folio whose other entry is held. */
export const otherEntryIsHeld = (...who: Who) => ({
  'the PTE of the other page keeps its entry, and so the folio, in the swap cache': of(
    who,
    'vswap_free_nr_any_cache_only.rcu_read_unlock',
    'folio_free_swap.folio_ref_sub',
    'swapcache_clear.*',
    'vswap_free.*',
    'release_backing.*',
  ),
})

/** Of faults that bring a page in through the swap cache. */
export const foundByNobody = (...who: Who) => ({
  'there is memory, and a PTE holds the entry that a fault brings in through the swap cache': of(
    who,
    '__read_swap_cache_async.put_and_return',
  ),
})
/** Of reclaim of a folio that is in the swap cache, and that nobody brings in. */
export const cleanUntilOut = {
  'the folio is clean until it is out of the swap cache, and nobody maps it': [
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
    'try_to_unmap.*',
    'swap_duplicate.*',
    'swap_writepage.zswap_store',
    'swap_writepage.vswap_alloc_swap_slot',
    'swap_writepage.__swap_writepage',
    'swap_writepage.written',
    'swap_writepage.folio_mark_dirty',
    'swap_zeromap_folio_set.*',
    'zswap_store.*',
    'vswap_assoc_zswap.*',
    'vswap_store_folio.*',
    'vswap_alloc_swap_slot.*',
    '__swap_writepage.*',
    'swp_entry_to_swp_slot.*',
  ],
}
/** Of PTEs that map a page which was read past the swap cache. */
export const notCachedAtZap = {
  'no folio that is unmapped is in the swap cache': [
    'thp zap/free_swap_cache.folio_mapped',
    'thp zap/free_swap_cache.folio_trylock',
    'thp zap/free_swap_cache.folio_free_swap',
    'thp zap/free_swap_cache.folio_unlock',
  ],
}
