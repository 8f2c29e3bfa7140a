import type { Bug } from './bug.js'

export const shmemLargeOrder: Bug = {
  id: 'A4.6',
  slug: 'shmem-large-order',
  spec: 'swap-map',
  title: 'mm/shmem, swap: fix race of truncate and swap entry split',
  year: 2026,
  commits: ['8a1968bd997f'],
  cve: 'CVE-2026-23161',
  kernel: { from: '6.12', fixed: '6.19' },
  confidence: 'H',
  property: 'ShmemEntryCounted',
  story: [
    'CPU0 truncate: shmem_free_swap() reads the order of the entry with xa_get_order(), without xa_lock: two slots.',
    'CPU1 faults on the second page: shmem_split_large_entry() makes one value of each slot; that of the first stays as it is.',
    'CPU0 xa_cmpxchg_irq() finds the value that it expects, and erases one slot.',
    'CPU0 free_swap_and_cache_nr(entry, 1 << order) frees both entries: the second slot has an entry without a count, which may be another page soon.',
    'The fault goes as far as the split here. What the repair does at the end of the range, and its loop that a later mail mends, are not modelled.',
  ],
  vswap: { verdict: 'present', scenario: 'shmem-large-order+rfc-v2', why: 'shmem_free_swap() is that of its base (F26)' },
}
