import type { Bug } from './bug.js'

export const z3foldReclaimVsFree: Bug = {
  id: 'A2.14b',
  slug: 'z3fold-reclaim-vs-free',
  spec: 'swap-map',
  title: 'mm/z3fold: fix z3fold_reclaim_page races with z3fold_free',
  year: 2022,
  commits: ['04094226d6ce'],
  kernel: { from: '5.12', fixed: '5.19' },
  confidence: 'H',
  property: 'WarnNever',
  story: [
    'CPU0 z3fold_free() of the last object of a page has its lock, get_z3fold_header().',
    'CPU1 z3fold_reclaim_page() has pool->lock, and takes a reference to the page, kref_get_unless_zero().',
    'CPU0 kref_put(): one reference is left, so it does not release the page.',
    'CPU1 z3fold_page_trylock() fails; kref_put() drops the last reference, and release_z3fold_page() warns that the page is still on a list of buddies.',
    'CPU1 would then take pool->lock, which it holds: the warning comes first, in the C, too.',
  ],
  vswap: {
    verdict: 'excluded',
    why: 'allocators do not reclaim any more since v6.5, and z3fold is gone from 6.15',
  },
}
