import type { Bug } from './bug.js'

export const zswapWritebackStrandsFolio: Bug = {
  id: 'A2.2',
  slug: 'zswap-writeback-strands-folio',
  spec: 'swap-map',
  title: 'mm: zswap: fix missing folio cleanup in writeback race path',
  year: 2024,
  commits: ['e3b63e966cac'],
  cve: 'CVE-2024-26832',
  kernel: { from: '6.4', fixed: '6.8' },
  confidence: 'H',
  property: 'NoLeak',
  story: [
    'The race of CVE-2023-53178, with its fix: CPU0 zswap_writeback_entry() has a reference to a zswap entry that CPU1 has invalidated, and whose slot has the next page by now.',
    'CPU0 __read_swap_cache_async() returns a new folio for the slot, which is locked, and with a reference of its own.',
    'CPU0 zswap_rb_search() finds another entry in the tree, or none: it gives up, and delete_from_swap_cache() takes the folio out of the swap cache.',
    'CPU0 drops its reference to the zswap entry and returns -ENOMEM; nobody unlocks the folio, and nobody puts it: its memory is gone for good.',
    'Found by reading the code. No interleaving but that of the race matters, and who had found the folio in the swap cache before waits for its lock for ever.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'memcg-shrinker-gives-up+broken',
    why: 'the shrinker gives up in the same way: patch 12 keeps the unlock and the put, at release_folio',
  },
}
