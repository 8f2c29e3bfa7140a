import type { Bug } from './bug.js'

export const addToSwapCacheSleeps: Bug = {
  id: 'A4.1',
  slug: 'add-to-swap-cache-sleeps',
  spec: 'swap-map',
  title: 'mm: add_to_swap_cache() must not sleep',
  year: 2009,
  commits: ['31a5639623a4'],
  kernel: { from: '2.6.31', fixed: '2.6.33' },
  confidence: 'H',
  property: 'FaultCompletes',
  story: [
    'CPU0, one thread: read_swap_cache_async() sets SWAP_HAS_CACHE by swapcache_prepare(), and goes to add_to_swap_cache().',
    'radix_tree_preload(GFP_KERNEL) in it needs memory, and sleeps, with the page not in the swap cache yet.',
    'CPU0, another thread: find_get_page() finds nothing, swapcache_prepare() answers -EEXIST, continue.',
    'There is no cond_resched() in that loop: it keeps the CPU, and the first thread never wakes. A soft lockup.',
    'The repair preloads before SWAP_HAS_CACHE is set, with preemption off from there to the insertion. That nobody is preempted in the loop is said by a higher priority here.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'realtime-cached+broken',
    why: 'its add_to_swap_cache() may sleep as that of v6.14 does, and whoever finds the pin without a folio sleeps before it looks again (029c4628b2eb)',
  },
}
