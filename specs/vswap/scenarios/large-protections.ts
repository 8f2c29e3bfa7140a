/** The protections of ranges of entries, in pairs as in `protections.ts`. */

import { largeProperties } from '../large-properties.js'
import { largeAllocPairs } from './large-alloc-pairs.js'
import { largeMigratePairs } from './large-migrate-pairs.js'
import { largePairs } from './large-pairs.js'
import { largeSplitPairs, largeSplitProperties } from './large-split-pairs.js'
import { largeSwapoffPairs, largeSwapoffProperties } from './large-swapoff-pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'large-mixed-warning': {
    title: 'zswap_store() of a folio fails half-way: release_backing() warns of the mixed backing that is being undone (patch 12)',
    without: 'release the backing of a range that is stored in part entry by entry',
    violates: 'WarnNever',
    on: largePairs['large-zswap-reclaim-vs-zap'],
    missing: 'rfc-v2',
    counts: [2_118, 3_896, 85],
  },
  'large-undo-backing': {
    title: 'zswap_store() of a folio fails half-way, and the first entry stays backed by a zswap entry that was freed',
    without: 'give a range that is stored in part its folio back',
    violates: 'MixedBackingRefused',
    on: largePairs['large-zswap-no-writeback'],
    counts: [1_837, 3_388, 83],
  },
  'large-cluster-empty': {
    title: 'A large folio gets a cluster of which a slot is taken',
    without: 'take an empty cluster for a large folio',
    violates: 'WarnNever',
    on: largeAllocPairs['large-two-folios'],
    counts: [538, 1_105, 20],
  },
  'large-cluster-aligned': {
    title: 'The range of a large folio begins at the second slot of its cluster',
    without: 'begin a range where its cluster begins',
    violates: 'ClusterExact',
    on: largeAllocPairs['large-half-cluster-vs-zap'],
    counts: [462, 831, 45],
  },
  'large-migrate-stored': {
    title: 'A large folio is migrated, and the swap cache has it at its first entry alone',
    without: 'store the folio that is migrated at every entry of its range',
    violates: 'ClusterExact',
    on: largeMigratePairs['large-migrate-vs-zap'],
    counts: [409, 758, 32],
  },
  'large-cluster-count': {
    title: 'A virtual slot is freed, and its cluster still counts it',
    without: 'count the slot that is released out of its cluster',
    violates: 'ClusterExact',
    on: largeAllocPairs['large-cluster-vs-zap'],
    counts: [337, 639, 24],
  },
  'large-folio-swapped': {
    title: 'folio_swapped() looks at the entry of the first page alone',
    without: 'look at every entry in folio_swapped',
    violates: 'BackingLive',
    on: largePairs['large-reclaim-vs-zap'],
    counts: [760, 1_368, 58],
  },
  'large-alloc-unlocked': {
    title: '__xa_insert() drops xa_lock for memory, and another page takes a slot of the range (patch 8)',
    without: 'keep xa_lock while a range is inserted',
    violates: 'WarnNever',
    on: largeAllocPairs['large-and-small'],
    missing: 'rfc-v2',
    counts: [923, 1_934, 18],
  },
  'alloc-no-memory': {
    title: 'vswap_alloc() frees a descriptor that a fault with a stale entry has found (patch 8)',
    without: 'wait for readers before an entry that was shown is given up',
    violates: 'NoUseAfterFree',
    on: largeAllocPairs['stale-entry-no-memory'],
    missing: 'rfc-v2',
    counts: [5_579, 15_277, 30],
  },
}

const ofSplit: Readonly<Record<string, Protection>> = {
  'large-split-frozen': {
    title: 'A folio is split to which somebody else has a reference',
    without: 'freeze the folio before it is split',
    violates: 'VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)',
    on: largeSplitPairs['large-split-vs-zap-swapped'],
    counts: [498, 959, 31],
  },
  'large-split-descriptor': {
    title: 'A page is split off, and the descriptor of its entry goes on pointing to the first page',
    without: 'point the descriptor to the page that is split off',
    violates: 'BackingFolioCached',
    on: largeSplitPairs['large-split-vs-zap-swapped'],
    counts: [714, 1_375, 38],
  },
}

const ofSwapoff: Readonly<Record<string, Protection>> = {
  'large-swapoff-tail': {
    title: 'swapoff finds the second slot of a folio that is going out, and asks for ever whether its page is the first (patch 16)',
    without: 'go to the first page of a large folio in swapoff',
    violates: 'SwapoffTerminates',
    on: largeSwapoffPairs['large-swapoff-vs-reclaim'],
    missing: 'rfc-v2',
    counts: [5_478, 10_265, 207],
  },
}

export const scenarios = [
  ...protectionPairs(list, largeProperties),
  ...protectionPairs(ofSplit, largeSplitProperties),
  ...protectionPairs(ofSwapoff, largeSwapoffProperties),
]
