import type { Bug } from './bug.js'

export const moveOtherFolio: Bug = {
  id: 'A1.4',
  slug: 'move-other-folio',
  spec: 'swap-map',
  title: 'mm: userfaultfd: fix race of userfaultfd_move and swap cache (first race)',
  year: 2025,
  commits: ['0ea148a79919'],
  cve: 'CVE-2025-38242',
  kernel: { from: '6.8', fixed: '6.16' },
  confidence: 'H',
  property: 'RmapFindsPte',
  story: [
    'CPU0 move_pages_pte() reads the source PTE: it holds S1.',
    'CPU1 swaps that page in as A, which frees S1, and swaps out an unrelated folio B, which gets S1; CPU0 filemap_get_folio() of S1 returns B.',
    'CPU1 swaps B in, which frees S1, and swaps A out, which gets S1: the source PTE holds S1 again.',
    'CPU0 folio_trylock() of B succeeds, and so does the look at both PTEs: folio_move_anon_rmap() moves B to the destination, where nobody maps it, and its own PTE is not found from it any more.',
    'The fix compares folio->swap with the entry once the folio is locked. The kernel tells of the harm later: BUG: Bad rss-counter state.',
  ],
  vswap: { verdict: 'present', scenario: 'move-stale-folio+rfc-v2', why: 'the RFC is based on v6.14, before the fix: finding F7' },
}
