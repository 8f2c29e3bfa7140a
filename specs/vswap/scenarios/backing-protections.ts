/** The protections of what backs a virtual slot, in pairs as in `protections.ts`. */

import { backingThreeWay } from './backing-three-way.js'
import { pairs } from './pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { writeErrorPairs } from './write-error-pairs.js'
import { zswapPairs } from './zswap-pairs.js'
import { zswapReclaimPairs } from './zswap-reclaim-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'write-error-dirty': {
    title: 'Reclaim drops a page that could not be written, as clean',
    without: 'dirty the page that could not be written',
    violates: 'BackingLive',
    on: writeErrorPairs['write-error-shrinker-reclaim'],
    counts: [463, 1_312, 53],
  },
  'stale-shrinker': {
    title: 'A shrinker comes to an entry that another has written back: it frees the physical slot, the only copy (patch 12)',
    without: 'look for the zswap entry before a slot is allocated for it',
    violates: 'BackingLive',
    on: backingThreeWay['shrinker-shrinker-reclaim'],
    missing: 'rfc-v2',
    counts: [12_374, 35_838, 91],
  },
  'stale-shrinker-zeroes': {
    title: 'A shrinker comes to an entry that is zero-filled by now: it allocates a slot, and makes of it a zswap entry of NULL (patch 12)',
    without: 'look for the zswap entry before a slot is allocated for it',
    violates: 'WarnNever',
    on: backingThreeWay['zero-reclaim-shrinker'],
    missing: 'rfc-v2',
    counts: [99_638, 289_574, 133],
  },
  'alloc-union': {
    title: 'folio_alloc_swap() stores desc->folio before desc->type: a fault with a stale entry takes the pointer for a slot (patch 12)',
    without: 'write_lock in folio_alloc_swap',
    violates: 'UnionMatchesType',
    on: backingThreeWay['stale-entry'],
    missing: 'rfc-v2',
    counts: [5_515, 15_098, 30],
  },
  'free-order': {
    title: 'The virtual slot is erased, and may be allocated again, before its backing is released',
    without: 'release the backing before the virtual slot is erased',
    violates: 'RmapBijective',
    on: backingThreeWay['free-vs-alloc'],
    counts: [53, 88, 9],
  },
  'erase-rmap': {
    title: 'release_backing() leaves the reverse mapping of the slot that it frees',
    without: 'erase the reverse mapping with the backing',
    violates: 'RmapBijective',
    on: pairs['zap-vs-zap'],
    counts: [264, 457, 33],
  },
  'store-folio-release': {
    title: 'vswap_store_folio() takes the place of a slot that it does not release',
    without: 'release the backing before another takes its place',
    violates: 'RmapBijective',
    on: pairs['swapin-vs-reclaim'],
    counts: [1_319, 2_428, 75],
  },
  'zswap-lru-del': {
    title: 'A zswap entry is freed while it is on the LRU, and the shrinker comes to it',
    without: 'unlink the zswap entry from the LRU before it is freed',
    violates: 'NoUseAfterFree',
    on: zswapPairs['zswap-zap-vs-shrinker'],
    counts: [123, 212, 15],
  },
  'zswap-publish': {
    title: 'A zswap entry is on the LRU before it says whose it is',
    without: 'swpentry before the zswap entry is on the LRU',
    violates: 'NoUseAfterFree',
    on: zswapReclaimPairs['zswap-reclaim-vs-shrinker'],
    counts: [109, 161, 54],
  },
  'zswap-load-erase': {
    title: 'zswap_load() leaves the entry in the tree, where release_backing() finds it',
    without: 'erase the zswap entry that is loaded into the swap cache',
    violates: 'NoUseAfterFree',
    on: zswapPairs['zswap-load-vs-zap'],
    counts: [1_060, 2_097, 47],
  },
  'zswap-load-dirty': {
    title: 'zswap_load() leaves the folio clean, and reclaim drops the only copy',
    without: 'dirty the folio whose zswap entry is gone',
    violates: 'BackingLive',
    on: backingThreeWay['load-reclaim-shrinker'],
    counts: [29_978, 86_028, 88],
  },
}

export const scenarios = protectionPairs(list)
