import type { Bug } from './bug.js'

export const swapinCacheAba: Bug = {
  id: 'A1.2',
  slug: 'swapin-cache-aba',
  spec: 'swap-map',
  title: 'mm: further fix swapin race condition',
  year: 2010,
  commits: ['4969c1192d15', '31c4a3d3a0f8'],
  kernel: { from: '', fixed: '2.6.36' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'Threads A and B of one mm fault on one PTE, and find page1 in the swap cache for swap1; B waits for the folio lock.',
    'A write-faults: do_swap_page() maps page1 read-only, and do_wp_page() copies it to page2. C, of another mm, faults too; that was the last count, and swap1 is freed.',
    'Reclaim: add_to_swap() gives swap1 to page2, so that the PTE of A and B holds swap1 again, and swap2 to page1, which stays in the swap cache.',
    'B gets the lock of page1: it is in the swap cache, and pte_same() holds, so the PTE of A and B maps page1, and what A wrote is lost. The fix compares folio->swap with the entry.',
    'Where C wrote to page1 in 2010, it reads here: today the reference of B makes do_wp_page() copy. And what frees swap1 is mem_cgroup_swap_full(). No PTE says that it is exclusive, as before 5.18.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'fault-folio-moved+broken',
    why: 'the swap cache is looked up and locked as before, now by virtual slot; the recheck of folio->swap stays',
  },
}
