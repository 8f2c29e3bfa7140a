import type { Bug } from './bug.js'

export const zsmallocDeferredHandle: Bug = {
  id: 'A2.14a',
  slug: 'zsmalloc-deferred-handle',
  spec: 'swap-map',
  title: 'zsmalloc: fix a race with deferred_handles storing',
  year: 2023,
  commits: ['85b325815b56'],
  kernel: { from: '6.2', fixed: '6.3' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 zs_reclaim_page() marks the zspage as under reclaim, and find_alloced_obj() finds the handle of an object.',
    'CPU1 invalidates the zswap entry of the object, and zs_free() frees it: as the zspage is under reclaim, its handle is kept.',
    'CPU1 record_obj() stores the last deferred handle where the handle had its object.',
    'CPU0 zswap_writeback_entry() maps the handle, and takes what it finds there for an object.',
    'The hash is that of a stable tree. A2.14 names z3fold in two commits, 04094226d6ce and 88ca9f019597: they are one patch, rebased.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'allocators do not reclaim any more since v6.5: zswap has its own LRU',
  },
}
