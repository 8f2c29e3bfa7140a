import type { Bug } from './bug.js'

export const realtimeCached: Bug = {
  id: 'A4.2',
  slug: 'realtime-cached',
  spec: 'swap-map',
  title: 'mm: swap: get rid of livelock in swapin readahead',
  year: 2022,
  commits: ['029c4628b2eb'],
  kernel: { from: '', fixed: '5.17' },
  confidence: 'M',
  property: 'FaultCompletes',
  story: [
    'CPU0, a thread of less priority: __read_swap_cache_async() sets SWAP_HAS_CACHE by swapcache_prepare(), and is preempted before add_to_swap_cache().',
    'CPU0, a thread of higher priority, faults on the same page: filemap_get_folio() finds nothing, the count is not 0.',
    'swapcache_prepare() answers -EEXIST; cond_resched() leaves the CPU to nobody of less priority.',
    'It goes to the lookup again, for ever.',
    'The repair is schedule_timeout_uninterruptible(1) in place of cond_resched(). Both threads are on one CPU: `oneCpu` is their fairness.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'realtime-cached+broken',
    why: 'bit 0 of swap_refs is waited for as SWAP_HAS_CACHE is, with the same sleep',
  },
}
