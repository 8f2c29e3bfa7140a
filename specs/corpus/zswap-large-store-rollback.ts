import type { Bug } from './bug.js'

export const zswapLargeStoreRollback: Bug = {
  id: 'A2.12',
  slug: 'zswap-large-store-rollback',
  spec: 'swap-map',
  title: 'mm/zswap: fix inconsistency when zswap_store_page() fails',
  year: 2025,
  commits: ['63895d20d63b'],
  cve: 'CVE-2025-21860',
  kernel: { from: '6.13', fixed: '6.14' },
  confidence: 'H',
  property: 'NoUnderflow',
  story: [
    'swap_writepage() of a folio of several pages: zswap_store() calls zswap_store_page() for each.',
    'The first page is compressed, and its entry is in the tree, on the LRU, and has a reference to the objcg; what it is charged for is added up in zswap_store(), to be charged for the whole folio.',
    'zswap_store_page() fails for the second page, and zswap_store() goes to put_pool without obj_cgroup_charge_zswap(), and without atomic_long_add(nr_pages, &zswap_stored_pages).',
    'check_old: it erases the entries of all pages of the folio, and zswap_entry_free() of the first calls obj_cgroup_uncharge_zswap(): the memcg gets back what it was never charged.',
    'No second thread is needed: a state machine with a wrong way back. zswap_stored_pages, which goes below zero in the same way, is left out.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'zswap-charge+broken',
    why: 'the RFC stands on the v6.14 that has the fix: a page is charged as it is stored, and that is a protection there, too',
  },
}
