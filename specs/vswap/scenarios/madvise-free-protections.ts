/** The protections of MADV_FREE, in pairs as in `protections.ts`. */
import { madviseFreePairs } from './madvise-free-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'madvise-free-redirtied': {
    title: 'A page is given up that was written to since its owner let it go',
    without: 'look at the dirty bit of the PTE before a page is given up',
    violates: 'LazyfreeKeeps',
    on: madviseFreePairs['madvise-free-write-reclaim'],
    counts: [508, 1_040, 24],
  },
  'madvise-free-lru': {
    title: 'A page may be given up, and is in the swap cache by then',
    without: 'take the folio off the LRU list before it may be given up',
    violates: 'WarnNever',
    on: madviseFreePairs['madvise-free-vs-reclaim'],
    counts: [295, 492, 28],
  },
  'madvise-free-other-owner': {
    title: 'One owner of a page lets it go, and the other loses it',
    without: 'look whether the folio is mapped once before it may be given up',
    violates: 'LazyfreeKeeps',
    on: madviseFreePairs['madvise-free-dirty-shared-vs-reclaim'],
    counts: [379, 628, 36],
  },
  'madvise-free-swap': {
    title: 'A page that may be given up stays in the swap cache, clean, and its slot holds what it was before',
    without: 'free the swap of a folio before it may be given up',
    violates: 'BackingLive',
    on: madviseFreePairs['madvise-free-cached-vs-reclaim'],
    counts: [343, 567, 34],
  },
}

export const scenarios = protectionPairs(list)
