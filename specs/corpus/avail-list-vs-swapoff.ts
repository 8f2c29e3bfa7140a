import type { Bug } from './bug.js'

export const availListVsSwapoff: Bug = {
  id: 'A3.5',
  slug: 'avail-list-vs-swapoff',
  spec: 'swap-map',
  title: 'mm/swap: fix swap_info_struct race between swapoff and get_swap_pages()',
  year: 2023,
  commits: ['6fe7d6b99211'],
  cve: 'CVE-2023-53623',
  kernel: { from: '4.14', fixed: '6.3' },
  confidence: 'H',
  property: 'AvailListClean',
  story: [
    'A device is full, so it is not on the list of those that slots are taken from. core0 swapoff: del_from_avail_list(), before it has taken si->lock.',
    'core1 frees a slot, swap_range_free(): the device was full and is SWP_WRITEOK, so add_to_avail_list() puts it on the list again.',
    'core0 takes si->lock, clears SWP_WRITEOK, and goes on to tear the device down while it is on the list.',
    'Later, get_swap_pages() takes slots of it, or swapon adds it a second time: the list is corrupt.',
    'The shortest trace ends where the device is on the list and not SWP_WRITEOK. The fix takes si->lock first, so that both change at once.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-writeok+broken',
    why: 'physical slots are taken as before: a device that swapoff has begun with is refused',
  },
}
