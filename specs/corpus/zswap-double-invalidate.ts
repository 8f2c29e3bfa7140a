import type { Bug } from './bug.js'

export const zswapDoubleInvalidate: Bug = {
  id: 'A2.3',
  slug: 'zswap-double-invalidate',
  spec: 'swap-map',
  title: 'mm: zswap: fix double invalidate with exclusive loads',
  year: 2023,
  commits: ['18a937076c69'],
  kernel: { from: '6.5', fixed: '6.5' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 do_swap_page() reads past the swap cache: zswap_frontswap_load() takes a reference to the zswap entry, drops tree->lock and decompresses.',
    'CPU1 unmaps the page: free_swap_and_cache() drops the last count of the slot, and the invalidation takes the entry out of the tree and drops the first reference.',
    'CPU0 takes tree->lock again and puts its reference, the last one: the entry is freed.',
    'CPU0 zswap_invalidate_entry(), as the load is exclusive, erases and puts the entry that is freed.',
    'Both halves of the fix are the one protection: the invalidation comes while the reference is held, and puts the first one only where the entry was in the tree.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'zswap entries have no references since v6.9: who has one out of the tree owns it, and a load past the swap cache leaves it there',
  },
}
