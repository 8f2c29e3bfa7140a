import type { Bug } from './bug.js'

export const allocationVsSwapoff: Bug = {
  id: 'A3.6',
  slug: 'allocation-vs-swapoff',
  spec: 'swap-map',
  title: 'mm, swap: fix allocation and scanning race with swapoff',
  year: 2024,
  commits: ['0ec8bc9e880e'],
  kernel: { from: '6.11', fixed: '6.12' },
  confidence: 'H',
  property: 'SwapoffClean',
  story: [
    'CPU0 get_swap_pages() has chosen a device, which was SWP_WRITEOK, and holds no lock of it for a moment (it drops si->lock for reclaim or discard in the commit).',
    'CPU1 swapoff clears SWP_WRITEOK, and try_to_unuse() finds that no slot is in use.',
    'CPU0 goes on: cluster_alloc_range() takes a slot, without another look at SWP_WRITEOK.',
    'CPU1 tears the device down with a slot in use: the page that goes there is lost.',
    'The fix looks at SWP_WRITEOK right at cluster_alloc_range(). That swapoff waits for those that are scanning, SWP_SCANNING in the commit and a percpu reference since, does not help here: it looks for slots in use before.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-writeok+broken',
    why: 'physical slots are taken as before, with the same look at SWP_WRITEOK',
  },
}
