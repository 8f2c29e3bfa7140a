import type { Bug } from './bug.js'

export const zswapStoreFailsStale: Bug = {
  id: 'A2.4',
  slug: 'zswap-store-fails-stale',
  spec: 'swap-map',
  title: 'mm: zswap: fix potential memory corruption on duplicate store',
  year: 2023,
  commits: ['ca56489c2f1d'],
  kernel: { from: '6.6', fixed: '6.6' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'CPU1: a page was stored in zswap, and is mapped again while its folio is still in the swap cache; user space writes to it. The zswap entry, which is old now, stays in the tree.',
    'CPU1 shrink_folio_list() takes it out again, under the same slot: zswap_store() fails (the pool is full, no memory), and returns without a look at the tree.',
    'CPU1 __swap_writepage() writes the new contents to the slot, and reclaim drops the folio from the swap cache.',
    'CPU0 shrink_memcg_cb() comes to the old entry: zswap_writeback_entry() finds it in the tree, decompresses it into a new folio of the swap cache, and writes it over the slot.',
    'CPU1 faults, and maps the old contents. __frontswap_store() had invalidated such an entry before each store; it went with frontswap in 6.6-rc1. The code is that of v6.14, whose check_old has the part.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'store-folio-release+broken',
    why: 'swap_writepage() gives the entry its folio as backing before zswap_store(), vswap_store_folio(), which takes the zswap entry out of the tree and frees it',
  },
}
