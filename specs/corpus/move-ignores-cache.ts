import type { Bug } from './bug.js'

export const moveIgnoresCache: Bug = {
  id: 'A1.5',
  slug: 'move-ignores-cache',
  spec: 'swap-map',
  title: 'mm: fix kernel BUG when userfaultfd_move encounters swapcache',
  year: 2025,
  commits: ['c50f8e6053b0'],
  cve: 'CVE-2025-21984',
  kernel: { from: '6.8', fixed: '6.14' },
  confidence: 'H',
  property: 'WarnNever',
  story: [
    'Reclaim has unmapped a page, try_to_unmap(), and its folio is still in the swap cache.',
    'userfaultfd move, move_pages_pte(), takes the swap entry from the source PTE to the destination, and looks at nothing else: folio->index says the source.',
    'Somebody touches the destination: do_swap_page() finds the folio in the swap cache, locks it, and pte_same() holds.',
    'folio_add_anon_rmap_ptes(): __page_check_anon_rmap() finds an index that is not that of the destination, and says BUG.',
    'The fix looks the folio up, locks it, and moves its index with the entry.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'move-unlocked-folio+broken',
    why: 'the base of the RFC has the fix, and moves a folio that it finds in the swap cache of the virtual slot under its lock',
  },
}
