import type { Bug } from './bug.js'

export const skipSwapcacheAba: Bug = {
  id: 'A1.1',
  slug: 'skip-swapcache-aba',
  spec: 'swap-map',
  title: 'mm/swap: fix race when skipping swapcache',
  year: 2024,
  commits: ['13ddaf26be32'],
  cve: 'CVE-2024-26759',
  kernel: { from: '4.15', fixed: '6.8' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'CPU0 do_swap_page(): the device is synchronous and the count is 1, so it allocates page A, reads the slot into it past the swap cache, and is delayed.',
    'CPU1 do_swap_page() does the same with page B, finds the PTE as it was, maps B and swap_free() frees the slot; user space writes to B.',
    'CPU1 pages B out: folio_alloc_swap() takes the same slot, try_to_unmap() sets the same swap entry in the PTE.',
    'CPU0 takes the page table lock: pte_same() holds, swap_free() drops the count of what CPU1 wrote, and the PTE maps the stale A.',
    'CPU1 is one thread that writes and then calls madvise(MADV_PAGEOUT), where the commit has reclaim; B need not be written out before A is mapped.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'direct-swapin+broken',
    why: 'a virtual slot is free for another page as soon as its last reference is gone, as a physical one is: the pin is what keeps it',
  },
}
