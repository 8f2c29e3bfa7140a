import type { Bug } from './bug.js'

export const shmemLargeForever: Bug = {
  id: 'A4.5',
  slug: 'shmem-large-forever',
  spec: 'swap-map',
  title: 'mm/shmem, swap: fix softlockup with mTHP swapin',
  year: 2025,
  commits: [],
  kernel: { from: '6.14', fixed: '6.16' },
  confidence: 'H',
  property: 'ShmemCompletes',
  story: [
    'Readahead has brought a page of a large swap entry into the swap cache, in a folio of its own.',
    'One thread reads the first page of the range: shmem_swap_alloc_folio() allocates a folio for all of it.',
    'swapcache_prepare(entry, nr_pages) finds SWAP_HAS_CACHE at one of the entries: -EEXIST.',
    'shmem_get_folio_gfp() goes to repeat: same entry, same order, same answer; the watchdog says "stuck for 763s".',
    'The repair asks non_swapcache_batch() whether a page in the range is cached, and then reads page by page. The page that is cached here is the second of two.',
  ],
  vswap: { verdict: 'present', scenario: 'shmem-large-forever+rfc-v2', why: 'shmem_swap_alloc_folio() is that of its base (F27)' },
}
