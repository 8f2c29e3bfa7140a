import type { Bug } from './bug.js'

export const zramAsyncRead: Bug = {
  id: 'A4.9',
  slug: 'zram-async-read',
  spec: 'swap-map',
  title: 'zram: remove BD_CAP_SYNCHRONOUS_IO with writeback feature',
  year: 2018,
  commits: ['4f7a7beaee77'],
  kernel: { from: '4.15', fixed: '' },
  confidence: 'H',
  property: 'NoUseAfterFree',
  story: [
    'CPU0 do_swap_page(): the device calls itself synchronous and the count is 1, so the page is allocated, locked, and not put into the swap cache.',
    'CPU0 swap_readpage(): the zram has written the page to its backing device, and submits a bio to that; it returns as if the page were read.',
    'CPU0 lock_page_or_retry() finds the page locked and may not wait (FAULT_FLAG_RETRY_NOWAIT, as get_user_pages of KVM): goto out_release, put_page(), the page is free.',
    'The backing device answers: page_endio() sets PG_uptodate of a free page; "Bad page state" when it is allocated again.',
    'The page is free in the model as soon as its last reference is put; the kernel has one more in the LRU cache of the CPU, for a while.',
  ],
  vswap: {
    verdict: 'present',
    scenario: 'direct-other-device+rfc-v2',
    why: 'a page may be read past the swap cache from a device that answers later, as its slot moves to another device after the look at SWP_SYNCHRONOUS_IO (F12); that fault waits for the page',
  },
}
