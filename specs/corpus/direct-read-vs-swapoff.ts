import type { Bug } from './bug.js'

export const directReadVsSwapoff: Bug = {
  id: 'A3.2',
  slug: 'direct-read-vs-swapoff',
  spec: 'swap-map',
  title: 'swap: fix do_swap_page() race with swapoff',
  year: 2021,
  commits: ['2799e77529c2'],
  kernel: { from: '4.15', fixed: '5.14' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU1 do_swap_page(): si->flags has SWP_SYNCHRONOUS_IO, and __swap_count() is 1, so it is about to read the page past the swap cache; it does not hold the device any more.',
    'CPU2 swapoff brings the page back by itself, finds no slot in use, and tears the device down: p->swap_file = NULL.',
    'CPU1 goes on with the device: use after free.',
    'In 5.13 swap_readpage() was the first to touch it, sis->swap_file->f_mapping; since 6.8 swapcache_prepare() is, which pins the entry before the read. It is the same window.',
    'Through the swap cache there is none: the locked page and SWAP_HAS_CACHE keep the slot in use. The fix holds the device across the whole fault.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-users+broken',
    why: 'trylock_swapoff() holds the device of what backs the entry for the whole fault',
  },
}
