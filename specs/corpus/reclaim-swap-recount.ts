import type { Bug } from './bug.js'

export const reclaimSwapRecount: Bug = {
  id: 'A3.11',
  slug: 'reclaim-swap-recount',
  spec: 'swap-map',
  title: 'mm, swap: Fix a race in free_swap_and_cache()',
  year: 2017,
  commits: [],
  kernel: { from: '4.11', fixed: '4.12' },
  confidence: 'H',
  property: 'BackingLive',
  story: [
    'Two PTEs map one page, and reclaim has unmapped the first: its entry has one count, and the folio is in the swap cache, not written yet.',
    'CPU0 unmaps that PTE for good, free_swap_and_cache(): that was the last count, and only the swap cache is left, so it looks the folio up to reclaim it.',
    'CPU1, reclaim, goes on to the second PTE: try_to_unmap() counts the entry again, 0 to 1, and the folio is mapped no more.',
    'CPU0 locks the folio: nobody maps it, so it is deleted from the swap cache, though the second PTE holds the entry, and nothing was written.',
    'The fix asks for the count again under the folio lock. It was needed as a lock of the cluster had replaced si->lock, which used to be held from the one to the other.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'free-swap-recheck+broken',
    why: 'folio_free_swap() asks the descriptors for their counts under the folio lock',
  },
}
