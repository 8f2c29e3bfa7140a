import type { Bug } from './bug.js'

export const swapinCharge: Bug = {
  id: 'A1.6',
  slug: 'swapin-charge',
  spec: 'swap-map',
  title: 'mm, swap: fix potential race of charging into the wrong memcg',
  year: 2026,
  commits: [],
  kernel: { from: '6.12', fixed: '' },
  confidence: 'H',
  property: 'ChargeExact',
  story: [
    'CPU0 do_swap_page() of entry X: it allocates folio A, and charges it to memcg0, for which X is recorded; it has not pinned X yet, and is interrupted.',
    'CPU1 do_swap_page() of X finishes, the folio is freed again, and the task goes to memcg1: it faults, and gets a folio of memcg1.',
    'CPU1 swaps that out: it gets X, which is recorded for memcg1 now.',
    'CPU0 goes on: swapcache_prepare() pins X, pte_same() holds, and set_pte_at() maps A, with the right data, but charged to memcg0.',
    'MADV_FREE of the mail is MADV_DONTNEED here. The fix, an RFC, charges once the entry is pinned; swap-table phase IV does so by its structure.',
  ],
  vswap: {
    verdict: 'present',
    scenario: 'swap-map/swapin-charge+broken',
    why: 'do_swap_page() of the RFC charges before it pins, as v6.14 does; the memcg that it looks up is that of the virtual slot, which may be freed and taken again as well',
  },
}
