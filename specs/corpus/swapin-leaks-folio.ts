import type { Bug } from './bug.js'

export const swapinLeaksFolio: Bug = {
  id: 'A4.11',
  slug: 'swapin-leaks-folio',
  spec: 'swap-map',
  title: 'mm, swap: Fix memory leak in __read_swap_cache_async()',
  year: 2017,
  commits: [],
  kernel: { from: '', fixed: '4.11' },
  confidence: 'H',
  property: 'NoLeak',
  story: [
    'CPU1 __read_swap_cache_async(): find_get_page() finds nothing, the count is not 0, new_page is allocated.',
    'CPU0 brings the page in: SWAP_HAS_CACHE is its own; CPU1 swapcache_prepare() answers -EEXIST, and it looks again.',
    'CPU0 maps the page: swap_free() drops the last count.',
    'CPU1 __swp_swapcount() is 0: `return NULL`, and new_page is lost.',
    'The mail has the slot freed before the second lookup; here CPU1 looked in the swap cache before the page was there, and at the count when it was gone, which is the same to it.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'the function of its base has one way out, put_and_return, which puts the folio; that is a matter of code, and not of the design',
  },
}
