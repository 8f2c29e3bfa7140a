import type { Bug } from './bug.js'

export const zswapDisabledStale: Bug = {
  id: 'A2.5',
  slug: 'zswap-disabled-stale',
  spec: 'swap-map',
  title: 'mm/zswap: invalidate duplicate entry when !zswap_enabled',
  year: 2024,
  commits: ['678e54d4bb9a'],
  kernel: { from: '6.6', fixed: '6.8' },
  confidence: 'H',
  property: 'NoStaleData',
  story: [
    'CPU1: a page was stored in zswap, and is mapped again while its folio is still in the swap cache; user space writes to it. The zswap entry, which is old now, stays in the tree.',
    'CPU2 zswap_enabled_param_set(): an administrator writes N to /sys/module/zswap/parameters/enabled.',
    'CPU1 shrink_folio_list() takes the page out again: zswap_store() returns at once, as zswap is disabled, and __swap_writepage() writes the new contents to the slot.',
    'CPU0 shrink_memcg_cb() comes to the old entry, which is as good as any: zswap_writeback_entry() writes it over the slot.',
    'CPU1 faults, and maps the old contents. As ca56489c2f1d, which had put its look at the tree behind that at zswap_enabled.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'store-folio-release+broken',
    why: 'swap_writepage() gives the entry its folio as backing before it asks zswap, enabled or not, and that frees the zswap entry',
  },
}
