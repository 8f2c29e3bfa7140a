import type { Bug } from './bug.js'

export const realtimeShmemDirect: Bug = {
  id: 'A4.4',
  slug: 'realtime-shmem-direct',
  spec: 'swap-map',
  title: 'mm: shmem: fix potential livelock issue for shmem direct swapin',
  year: 2026,
  commits: [],
  kernel: { from: '6.14', fixed: '' },
  confidence: 'H',
  property: 'ShmemCompletes',
  story: [
    'CPU0, a thread of less priority: shmem_swap_alloc_folio() pins the entry by swapcache_prepare(), and is preempted in workingset_refault().',
    'CPU0, a thread of higher priority, faults on the same page: the swap cache has nothing, swapcache_prepare() answers -EEXIST.',
    'shmem_swapin_folio() returns -EEXIST, shmem_get_folio_gfp() goes to repeat, and finds the same.',
    'Nothing of that sleeps, so that the other never comes to swapcache_clear().',
    'The repair for 6.18.y sleeps in a wait queue for a tick, or until whoever had the pin wakes it. Both threads are on one CPU: `oneCpu` is their fairness.',
  ],
  vswap: { verdict: 'present', scenario: 'realtime-shmem-direct+rfc-v2', why: 'shmem_swap_alloc_folio() is that of its base' },
}
