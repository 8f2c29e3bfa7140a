import type { Bug } from './bug.js'

export const swapCacheStat: Bug = {
  id: 'A5.1',
  slug: 'swap-cache-stat',
  spec: 'swap-map',
  title: 'mm/swap: fix swap cache memcg accounting',
  year: 2026,
  commits: ['9acbe135588e'],
  kernel: { from: '7.0', fixed: '' },
  confidence: 'H',
  property: 'StatExact',
  story: [
    'One thread. __swap_cache_prepare_and_add() of readahead puts a new folio into the swap cache: swap_cache_add_folio() counts it in NR_SWAPCACHE.',
    'The folio has no memcg yet, so that it is counted at the node alone.',
    'mem_cgroup_swapin_charge_folio() comes after it: the memcg has a folio in the swap cache that its counter does not show.',
    'swap_cache_del_folio() will take it from the counter of the memcg, which goes below 0.',
    'The repair charges before the folio is added; and so, before the entry is pinned: that is A1.6, in which two properties pull against each other.',
  ],
  vswap: { verdict: 'excluded', why: '__read_swap_cache_async() of its base, v6.14, charges the folio before add_to_swap_cache()' },
}
