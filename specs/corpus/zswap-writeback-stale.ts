import type { Bug } from './bug.js'

export const zswapWritebackStale: Bug = {
  id: 'A2.1',
  slug: 'zswap-writeback-stale',
  spec: 'swap-map',
  title: 'mm: fix zswap writeback race condition',
  year: 2023,
  commits: ['04fc7816089c'],
  cve: 'CVE-2023-53178',
  kernel: { from: '3.11', fixed: '6.4' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'CPU0 shrink_worker(), by way of the allocator: zswap_writeback_entry() takes the swap entry from the header of the object, zswap_entry_find_get() a reference to its zswap entry, and no lock is held.',
    'CPU1 do_swap_page() reads the page, user space writes to it; folio_free_swap() gives the slot up, and zswap_invalidate() takes the zswap entry out of the tree, which CPU0 still refers to.',
    'CPU1 pages it out: folio_alloc_swap() takes the same slot, the store puts a new zswap entry into the tree or, with zswap full, writes the slot; reclaim drops the folio from the swap cache.',
    'CPU0 __read_swap_cache_async() finds the slot in use and no folio, and adds a new one, into which the old object is decompressed; __swap_writepage() writes it to the slot.',
    'CPU1 faults, and finds that folio in the swap cache: it maps what it had overwritten. One thread here is the program and kswapd of the commit in turn, and its page is A and then B.',
  ],
  vswap: {
    verdict: 'present',
    scenario: 'stale-shrinker+rfc-v2',
    why: 'the shrinker still looks in the tree once the folio is in the swap cache, but patch 12 allocates a slot first, and so releases what backs the entry by now',
  },
}
