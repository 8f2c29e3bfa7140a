import type { Bug } from './bug.js'

export const shmemSwapoffReadError: Bug = {
  id: 'A3.10',
  slug: 'shmem-swapoff-read-error',
  spec: 'swap-map',
  title: 'mm/shmem: fix infinite loop when swap in shmem error at swapoff time',
  year: 2022,
  commits: ['6cec2b95dadf'],
  kernel: { from: '', fixed: '5.19' },
  confidence: 'M',
  property: 'SwapoffTerminates',
  story: [
    'One thread. swapoff: try_to_unuse() -> shmem_unuse() -> shmem_swapin_folio(): the page cannot be read, its folio is not uptodate.',
    'shmem_swapin_folio() returns -EIO, and shmem_unuse_swap_entries() drops every error but -ENOMEM.',
    'The entry stays in the page cache, and its count in swap_map; the folio in the swap cache, not uptodate.',
    'try_to_unuse(): si->inuse_pages is not 0, goto retry; the same page cannot be read again, for ever.',
    'The repair puts a swapin error entry in its place (shmem_set_folio_swapin_error()) and frees the slot. How the pages are counted in the inode is left out.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'swapoff makes the folio the backing of the entry whether it was read or not, so that it ends; what becomes of the page then is F4',
  },
}
