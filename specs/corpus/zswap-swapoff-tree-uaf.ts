import type { Bug } from './bug.js'

export const zswapSwapoffTreeUaf: Bug = {
  id: 'A2.7',
  slug: 'zswap-swapoff-tree-uaf',
  spec: 'swap-map',
  title: 'mm/zswap: fix race between lru writeback and swapoff',
  year: 2024,
  commits: ['5878303c5353'],
  kernel: { from: '6.8', fixed: '6.9' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 shrink_memcg_cb() takes a zswap entry from the LRU, remembers its slot, and drops the lock of the LRU.',
    'CPU1 swapoff: try_to_unuse() reads the page in, the slot is free, and its zswap entry is out of the tree and freed.',
    'CPU1 zswap_swapoff() frees the tree.',
    'CPU0 spin_lock(&tree->lock), to look whether the entry is still there: the lock is in freed memory.',
    'The code is that of v6.14 with the look of v6.8-rc1 before __read_swap_cache_async(), which the fix put behind it: its folio in the swap cache holds swapoff off.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'patch 7 has one zswap tree for all of the virtual swap space, which no swapoff frees',
  },
}
