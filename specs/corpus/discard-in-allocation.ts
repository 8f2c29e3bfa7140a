import type { Bug } from './bug.js'

export const discardInAllocation: Bug = {
  id: 'A4.10',
  slug: 'discard-in-allocation',
  spec: 'swap-map',
  title: 'mm, swap: do not perform synchronous discard during allocation',
  year: 2025,
  commits: [],
  kernel: { from: '6.16', fixed: '' },
  confidence: 'H',
  property: 'WarnNever',
  story: [
    'CPU1 frees the last slot of a cluster: it goes to discard_clusters, and schedule_work() is to discard it later. No cluster is free then.',
    'CPU0 folio_alloc_swap(): local_lock(&percpu_swap_cluster.lock), since 1b7e90020eb77, and cluster_alloc_swap_entry() finds no free cluster.',
    'CPU0 swap_do_scheduled_discard(): it takes the cluster off the list, drops si->lock and calls blkdev_issue_discard(), which sleeps.',
    'The local lock is held, with preemption off: "BUG: sleeping function called from invalid context".',
    'The repair drops the local lock, discards, and allocates again. There is one cluster of one slot here; the nonfull and fragmented lists, which the kernel tries first, are empty.',
  ],
  vswap: { verdict: 'excluded', why: 'its base, v6.14, allocates slots under no local lock; a virtual slot has nothing to discard' },
}
