import type { Bug } from './bug.js'

export const moveMissedFolio: Bug = {
  id: 'A1.4b',
  slug: 'move-missed-folio',
  spec: 'swap-map',
  title: 'mm: userfaultfd: fix race of userfaultfd_move and swap cache (second race)',
  year: 2025,
  commits: ['0ea148a79919'],
  cve: 'CVE-2025-38242',
  kernel: { from: '6.8', fixed: '6.16' },
  confidence: 'H',
  property: 'WarnNever',
  story: [
    'CPU0 move_pages_pte(): filemap_get_folio() of S1 finds no folio, so it is about to move the PTE alone.',
    'CPU1 swaps the page in as A, which frees S1, and out again, which gets S1; A is still in the swap cache.',
    'CPU0 takes both page table locks and finds both PTEs as they were: it moves the PTE, and leaves A with the index of the source.',
    'The fault on the destination finds A in the swap cache, and __page_check_anon_rmap() says BUG, as in CVE-2025-21984.',
    'The fix looks at SWAP_HAS_CACHE in swap_map under the page table locks where the lookup found nothing.',
  ],
  vswap: { verdict: 'present', scenario: 'move-missed-folio+rfc-v2', why: 'the RFC is based on v6.14, before the fix: finding F8' },
}
