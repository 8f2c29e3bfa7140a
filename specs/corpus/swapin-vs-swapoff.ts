import type { Bug } from './bug.js'

export const swapinVsSwapoff: Bug = {
  id: 'A3.1',
  slug: 'swapin-vs-swapoff',
  spec: 'swap-map',
  title: 'mm, swap: fix race between swapoff and some swap operations',
  year: 2019,
  commits: ['eb085574a752'],
  kernel: { from: '', fixed: '5.3' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU2 do_swap_page() has read the entry from its PTE, and holds nothing that keeps the device.',
    'CPU1 swapoff brings the page back, try_to_unuse(), finds no slot in use, and sets p->swap_map = NULL.',
    'CPU2 swapin_readahead(), __read_swap_cache_async(): it looks at the byte of the entry in p->swap_map, which is gone.',
    'The commit has swapcache_prepare() and __swap_duplicate() do that; here swap_swapcount(), a few lines before in the same function, is the first. The fix is get_swap_device().',
    'The commit names the tree of the swap cache, too, which is freed with the device: a lookup in it would be the shortest way, so the tree is static here, as it was before 4.11.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-users+broken',
    why: 'the swap cache and the counts are of virtual slots, which swapoff leaves alone; trylock_swapoff() holds the device that backs one',
  },
}
