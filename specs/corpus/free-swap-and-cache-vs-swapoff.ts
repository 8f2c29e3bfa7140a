import type { Bug } from './bug.js'

export const freeSwapAndCacheVsSwapoff: Bug = {
  id: 'A3.4',
  slug: 'free-swap-and-cache-vs-swapoff',
  spec: 'swap-map',
  title: 'mm: swap: fix race between free_swap_and_cache() and swapoff()',
  year: 2024,
  commits: ['82b1c07a0af6'],
  cve: 'CVE-2024-26960',
  kernel: { from: '4.11', fixed: '6.9' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'A folio of several pages is in the swap cache, and two of its entries are still held. P1 free_swap_and_cache(): __swap_entry_free() leaves SWAP_HAS_CACHE, and P1 is delayed.',
    'P2 does the same with the other entry, goes on to __try_to_reclaim_swap(), and deletes the folio from the swap cache: all its slots are free.',
    'swapoff finds no slot in use, and frees swap_map.',
    'P1 looks at swap_map, swap_page_trans_huge_swapped() in the commit, for whether it can reclaim the folio: use after free. The fix holds the device across the function.',
    'P1 is a truncation here: a process that exits holds the page table lock, a spin lock, for which synchronize_rcu() in swapoff waits (free-swap-and-cache-of-exit, which holds without the fix).',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'a count is dropped of a descriptor, under RCU; who looks at the swap cache afterwards asks the descriptors again, and touches no device',
  },
}
