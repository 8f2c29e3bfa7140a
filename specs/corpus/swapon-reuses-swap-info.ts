import type { Bug } from './bug.js'

export const swaponReusesSwapInfo: Bug = {
  id: 'A3.12',
  slug: 'swapon-reuses-swap-info',
  spec: 'swap-map',
  title: 'mm/swap: fix race on swap_info reuse between swapoff and swapon',
  year: 2014,
  commits: [],
  kernel: { from: '', fixed: '3.14' },
  confidence: 'H',
  property: 'DeviceWhole',
  story: [
    'swapoff has brought all pages back, and sets p->swap_map = NULL and, in the same section, p->flags = 0: SWP_USED is gone.',
    'swapon, alloc_swap_info(): it finds the structure unused, and takes it; it allocates p->percpu_cluster, and enables the device.',
    'swapoff goes on with free_percpu(p->percpu_cluster), and so with swap_cgroup_swapoff(): it frees what swapon has allocated.',
    'The device is in use without what it needs: whoever takes a slot touches freed memory.',
    'The fix clears SWP_USED when all else is done.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swap-map/swapon-reuses-swap-info+broken',
    why: 'swapoff and swapon are the same code, and clear SWP_USED last',
  },
}
