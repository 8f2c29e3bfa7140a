import type { Bug } from './bug.js'

export const migrateLargeSwapCache: Bug = {
  id: 'A4.8',
  slug: 'migrate-large-swap-cache',
  spec: 'swap-map',
  title: 'mm: migrate high-order folios in swap cache correctly',
  year: 2023,
  commits: ['fc346d0a70a1'],
  kernel: { from: '5.17', fixed: '6.7' },
  confidence: 'H',
  property: 'FaultCompletes',
  story: [
    'A large folio is in the swap cache: each of its entries has a slot of the xarray of its own, unlike in the page cache.',
    'CPU0 folio_migrate_mapping(): folio_ref_freeze(), and one xas_store() of the new folio, at the first entry.',
    'CPU0 the old folio is unfrozen, unlocked and freed; the slots of its other entries still lead to it.',
    'CPU1 looks one of these up: filemap_get_folio() finds a folio whose reference count is 0, folio_try_get() fails, goto repeat, under RCU, for ever.',
    'No interleaving is needed, as whoever looks later finds the same. Where the old folio is used again, it is another page that is found.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'large-migrate-stored+broken',
    why: '__folio_migrate_mapping() stores the new folio for each of the entries',
  },
}
