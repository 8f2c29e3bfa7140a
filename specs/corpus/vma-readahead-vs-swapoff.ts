import type { Bug } from './bug.js'

export const vmaReadaheadVsSwapoff: Bug = {
  id: 'A3.7',
  slug: 'vma-readahead-vs-swapoff',
  spec: 'swap-map',
  title: 'mm, swap: fix potential UAF issue for VMA readahead',
  year: 2025,
  commits: ['1c2a936edd71'],
  kernel: { from: '6.16', fixed: '6.18' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 faults on an entry of device B, and holds B. swap_vma_readahead() finds an entry of device A in the PTE next to it.',
    'It calls __read_swap_cache_async() for that, which holds no device by itself since 78524b05f1a3: its callers do, but of B.',
    'CPU1 swapoff of A brings the page back, and tears A down.',
    'CPU0 looks into the swap cache of A: use after free. The fix takes a reference where the entry is on another device.',
    'The fault is followed down to the read of the neighbour, and gives up then.',
  ],
  vswap: {
    verdict: 'present',
    scenario: 'readahead-device+rfc-v2',
    why: 'readahead of virtual slots asks the device of a neighbour without holding it: finding F23',
  },
}
