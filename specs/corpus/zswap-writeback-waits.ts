import type { Bug } from './bug.js'

export const zswapWritebackWaits: Bug = {
  id: 'A2.13',
  slug: 'zswap-writeback-waits',
  spec: 'swap-map',
  title: 'zswap: make shrinking memcg-aware (skip_if_exists)',
  year: 2023,
  commits: ['a65b0e7607cc'],
  kernel: { from: '', fixed: '6.8' },
  confidence: 'H',
  property: 'FaultCompletes',
  story: [
    'CPU0 read_swap_cache_async(): swapcache_prepare() sets SWAP_HAS_CACHE, and the folio is to be charged before add_to_swap_cache().',
    'mem_cgroup_swapin_charge_folio() finds the memcg at its limit and reclaims, and that comes to the shrinker of zswap, which picks the entry that is being read.',
    'zswap_writeback_entry() -> __read_swap_cache_async(), of the same entry: no folio in the swap cache, and swapcache_prepare() answers -EEXIST.',
    'It sleeps a tick and looks again, forever: the folio is added once the charge is done, and that waits for the shrinker. Two CPUs can wait for each other in the same way.',
    'skip_if_exists, which came with writeback in reclaim, makes writeback give up instead. de85024b3483 removed it, as flag and folio are set in one critical section by then.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swap-map/zswap-writeback-waits+broken',
    why: 'the pin of a virtual slot and the folio in the swap cache are two steps as in v6.14, with the charge in between; zswap_writeback_entry() passes skip_if_exists',
  },
}
