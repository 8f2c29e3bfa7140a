import type { Bug } from './bug.js'

export const zswapStoreRecursion: Bug = {
  id: 'A4.12',
  slug: 'zswap-store-recursion',
  spec: 'swap-map',
  title: 'mm/zswap: fix potential deadlock in zswap_frontswap_store()',
  year: 2017,
  commits: [],
  kernel: { from: '3.11', fixed: '' },
  confidence: 'H',
  property: 'LockingCorrect',
  story: [
    'One thread. A file system holds a lock of its own and allocates with GFP_NOFS; there is no free page, so it reclaims.',
    'shrink_page_list() -> swap_writepage() -> zswap_frontswap_store(): zswap_entry_cache_alloc(GFP_KERNEL).',
    'Memory is short there, too: the allocation reclaims, and as __GFP_FS is set, shrink_slab() calls the shrinker of the file system.',
    'It takes the lock that its own thread holds: a deadlock by recursion, and not by interleaving.',
    'Shakeel Butt answered the mail that PF_MEMALLOC keeps reclaim from being entered again. So it does, and v6.14 still has GFP_KERNEL: that flag is the protection that is taken out here.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'zswap_store() allocates as it did, within the same reclaim; the series touches neither, and its model has no allocation that reclaims',
  },
}
