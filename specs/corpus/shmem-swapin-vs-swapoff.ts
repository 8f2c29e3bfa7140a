import type { Bug } from './bug.js'

export const shmemSwapinVsSwapoff: Bug = {
  id: 'A3.3',
  slug: 'shmem-swapin-vs-swapoff',
  spec: 'swap-map',
  title: 'mm/shmem: fix shmem_swapin() race with swapoff',
  year: 2021,
  commits: ['2efa33fc7f6e'],
  kernel: { from: '', fixed: '5.14' },
  confidence: 'M',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 shmem_swapin_folio() (shmem_swapin_page() then): it has the swap entry from the page cache, finds nothing in the swap cache, and goes to shmem_swapin().',
    'CPU1 swapoff: try_to_unuse() -> shmem_unuse() brings the page in itself, nothing is in use any more.',
    'CPU1 nobody holds the device: si->swap_file = NULL, swap_map is freed.',
    'CPU0 swap_cluster_readahead(): si->swap_file->f_mapping->host: NULL pointer dereference.',
    'The lookup in the swap cache holds the device for itself, as lookup_swap_cache() did; the repair holds it from before that to the end.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-users+broken',
    why: 'a fault holds the device of its entry by trylock_swapoff(), and swapoff waits for whoever holds it',
  },
}
