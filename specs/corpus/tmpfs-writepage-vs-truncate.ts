import type { Bug } from './bug.js'

export const tmpfsWritepageVsTruncate: Bug = {
  id: 'A3.8',
  slug: 'tmpfs-writepage-vs-truncate',
  spec: 'swap-map',
  title: 'tmpfs: fix race between truncate and writepage',
  year: 2011,
  commits: ['826267cf1e6c'],
  kernel: { from: '2.6.33', fixed: '2.6.39' },
  confidence: 'H',
  property: 'SwapoffTerminates',
  story: [
    'CPU0 shmem_writepage(): the page is in the swap cache, the swap vector of the file holds the slot, info->lock is dropped, and swap_shmem_alloc() comes next.',
    'CPU1 shmem_truncate_range() finds the slot in the vector: free_swap_and_cache() takes 1 from a count of 0 in an unsigned char, and leaves 0xff.',
    'CPU0 swap_shmem_alloc(): __swap_duplicate() finds no count in 0xff and answers -EINVAL, at which nobody looks; 0xff without SWAP_HAS_CACHE is SWAP_MAP_SHMEM.',
    'CPU2 swapoff: try_to_unuse() finds the slot in use, shmem_unuse() finds no file that holds it, and it looks again, for ever.',
    'swapoff may as well come in between; the write of the page, which the model leaves out, changes nothing of the byte.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'shmem-count-first+broken',
    why: 'shmem_writepage() still counts by swap_shmem_alloc(), before the mapping shows the entry; swapoff does not look for the owner',
  },
}
