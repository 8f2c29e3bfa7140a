import type { Bug } from './bug.js'

export const countContinuation: Bug = {
  id: 'A4.7',
  slug: 'count-continuation',
  spec: 'swap-map',
  title: 'mm, swap: fix race between swap count continuation operations',
  year: 2017,
  commits: ['2628bd6fc052'],
  kernel: { from: '4.11', fixed: '4.14' },
  confidence: 'H',
  property: 'ContinuedExact',
  story: [
    'Two slots of two clusters have their bytes in one page of swap_map, each at SWAP_MAP_MAX; each cluster has a lock of its own.',
    'CPU0 add_swap_count_continuation() of the first holds si->lock and its cluster: INIT_LIST_HEAD(&head->lru), set_page_private(head, SWP_CONTINUED).',
    'CPU1 __swap_duplicate() of the second holds its own cluster: swap_count_continued() sees SWP_CONTINUED, and takes head->lru.next for the first continuation page.',
    'The list is empty: the page is the head, and the digit of the carry goes into swap_map itself, which COUNT_CONTINUED then overwrites; a reference is not counted any more.',
    'SWAP_MAP_MAX and SWAP_CONT_MAX are 1 here; a page that is half on the list, or a count that goes on in garbage, is the same race a store later.',
  ],
  vswap: { verdict: 'excluded', why: 'swap_refs of a descriptor is one atomic int: no count goes on elsewhere' },
}
