import type { Bug } from './bug.js'

export const zswapLruSkip: Bug = {
  id: 'A2.9',
  slug: 'zswap-lru-skip',
  spec: 'swap-map',
  title: "mm/zswap: don't return LRU_SKIP if we have dropped lru lock",
  year: 2024,
  commits: ['27d3969b47cc'],
  kernel: { from: '6.8', fixed: '6.8' },
  confidence: 'M',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 list_lru_shrink_walk() has the first entry, and the next one in n of list_for_each_safe(); shrink_memcg_cb() drops the lock of the LRU to write back.',
    'CPU1 faults on the page of the next entry: zswap_load() takes it out of the tree, and zswap_entry_free() off the LRU.',
    'CPU0 __read_swap_cache_async() finds the page of the first in the swap cache: -EEXIST, and the callback returns LRU_SKIP.',
    'CPU0 goes on with n, which is freed, as if it had held the lock all the time.',
    'The callback is that of v6.14, which returns LRU_STOP. The subject and the code before and after it were read, the text of the commit was not.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'zswap.c and what it stands on are as in the v6.14 below the RFC, which has the fix; shrink_memcg_cb() returns LRU_STOP there',
  },
}
