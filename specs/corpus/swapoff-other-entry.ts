import type { Bug } from './bug.js'

export const swapoffOtherEntry: Bug = {
  id: 'A1.3',
  slug: 'swapoff-other-entry',
  spec: 'swap-map',
  title: 'mm: try_to_unuse check removing right swap',
  year: 2009,
  commits: ['68bdc8d64742'],
  kernel: { from: '', fixed: '2.6.29' },
  confidence: 'H',
  property: 'BackingLive',
  story: [
    'swapoff, try_to_unuse(): read_swap_cache_async() of E brings the page into the swap cache; before it has the page locked, others go on.',
    'A task faults: do_swap_page() maps the page, and as swap is more than half full, folio_free_swap() takes it out of the swap cache: E is free.',
    'Reclaim: add_to_swap() gives the page a new entry E2, of another device, and try_to_unmap() sets E2 in the PTE; the page is not written yet.',
    'swapoff locks the page: the PTE does not hold E, but the page is in the swap cache, so it deletes it from there, and E2 has no copy of what the PTE had.',
    'In 2009 the fix compared page_private() with the entry; today folio_free_swap() asks whether anything holds the entry that the folio has by now. The other device is of higher priority here.',
  ],
  vswap: {
    verdict: 'guarded',
    scenario: 'swapoff-recheck+broken',
    why: 'swapoff of virtual swap looks the folio up by its virtual slot, locks it, and compares folio->swap with it',
  },
}
