import type { Bug } from './bug.js'

export const zswapShrinkWorkPool: Bug = {
  id: 'A2.10',
  slug: 'zswap-shrink-work-pool',
  spec: 'swap-map',
  title: 'mm: zswap: fix pool refcount bug around shrink_worker()',
  year: 2023,
  commits: ['969d63e1af3b'],
  kernel: { from: '5.6', fixed: '6.6' },
  confidence: 'H',
  property: 'NoPoolLeak',
  story: [
    'CPU0 zswap_store() finds the pool full: zswap_pool_last_get() takes a reference, and queue_work() queues its shrink work.',
    'CPU1 zswap_store() does the same before the work has run: it takes a reference, and queue_work() says that the work is queued already.',
    'The work runs once: shrink_worker() puts one reference.',
    'The other is never put; after enough of them the count saturates, with a warning.',
    'What the worker shrinks is left out.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'zswap.c and what it stands on are as in the v6.14 below the RFC, which has the fix; shrink_worker() is of all pools there, and no store takes a reference for it',
  },
}
