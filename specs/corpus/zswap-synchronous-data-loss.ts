import type { Bug } from './bug.js'

export const zswapSynchronousDataLoss: Bug = {
  id: 'A2.6',
  slug: 'zswap-synchronous-data-loss',
  spec: 'swap-map',
  title: 'mm: zswap: fix data loss on SWP_SYNCHRONOUS_IO devices',
  year: 2024,
  commits: ['25cd241408a2'],
  kernel: { from: '6.5', fixed: '6.9' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'CPU0 do_swap_page() on zram pins the entry, and reads past the swap cache into a folio of its own; zswap_load() takes the zswap entry out of the tree and frees it.',
    'CPU1 forks: copy_nonpresent_pte() takes another count, and clears the exclusive bit in the PTE.',
    'CPU0 finds that the PTE has changed, pte_same(), and gives its folio up: that was the only copy of the page.',
    'Whoever faults next finds nothing in zswap, and reads what the device has in the slot.',
    'The report (Zhongkun He) and the commit say only that the fault fails due to races; a fork is the race here, as the PTE must change while the entry is pinned.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'a fault reads past the swap cache only where a physical slot backs the entry, looks again once it is pinned, and a page in zswap has none',
  },
}
