/** The protections of a large fault and of a batch of PTEs, in pairs as in `protections.ts`. */

import { thpProperties } from '../thp-properties.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { thpCachedPairs } from './thp-cached-pairs.js'
import { thpFaultPairs } from './thp-fault-pairs.js'
import { thpThreeWay } from './thp-three-way.js'
import { thpZapPairs } from './thp-zap-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'thp-batch': {
    title: 'non_swapcache_batch() stops at the first entry that it should count, and no fault brings in more than a page (patch 10)',
    without: 'count entries that are not in the swap cache',
    violates: 'BatchIsUncached',
    on: thpFaultPairs['thp-fault'],
    missing: 'rfc-v2',
    counts: [40, 40, 40],
  },
  'thp-prepare-hole': {
    title: 'swapcache_prepare() pins an entry behind one that is gone, and the undo gives back another (patch 10)',
    without: 'stop at a hole in swapcache_prepare',
    violates: 'NoLeak',
    on: thpFaultPairs['thp-fault-vs-zap-range'],
    missing: 'rfc-v2',
    counts: [5_166, 10_826, 94],
  },
  'thp-prepare-stranger': {
    title: 'The same, and the undo gives back the pin of a stranger, who has taken the virtual slot in front',
    without: 'stop at a hole in swapcache_prepare',
    violates: 'RefsExact',
    on: thpThreeWay['thp-fault-zap-reclaim'],
    missing: 'rfc-v2',
    counts: [30_853, 89_912, 78],
  },
  'thp-batch-none': {
    title: 'A PTE that is none is taken for one that holds the next entry, and a count of a stranger is dropped (patch 15)',
    without: 'end a batch of PTEs where the next entry is none',
    violates: 'BatchIsHeld',
    on: thpZapPairs['thp-zap-none'],
    missing: 'rfc-v2',
    counts: [215, 385, 20],
  },
  'thp-fault-warning': {
    title: 'A PTE that is none is taken for the first of a range that a fault may bring in (patch 15)',
    without: 'end a batch of PTEs where the next entry is none',
    violates: 'WarnNever',
    on: thpFaultPairs['thp-fault-none'],
    missing: 'rfc-v2',
    counts: [293, 562, 23],
  },
  'thp-zswap-on': {
    title: 'zswap is enabled while a large folio is read: zswap_load() refuses it, and the fault ends in SIGBUS',
    without: 'load no large folio from zswap whose entries are not there',
    violates: 'WarnNever',
    on: thpFaultPairs['thp-fault-vs-zswap-on'],
    missing: 'rfc-v2',
    counts: [186, 250, 67],
  },
  'thp-pin-range': {
    title: 'A large fault pins the first entry of its range alone',
    without: 'pin every entry of the range',
    violates: 'WarnNever',
    on: thpFaultPairs['thp-fault-vs-small'],
    counts: [9_371, 18_310, 120],
  },
  'thp-recheck': {
    title: 'A large fault reads a range whose backing has changed since it looked',
    without: 'look at the backing of the range again once it is pinned',
    violates: 'WarnNever',
    on: thpFaultPairs['thp-fault-vs-pageout'],
    counts: [36_014, 77_018, 183],
  },
  'thp-ptes': {
    title: 'A large fault maps its folio over a PTE that has changed',
    without: 'look at every PTE of the range again under the page table lock',
    violates: 'NoUnderflow',
    on: thpFaultPairs['thp-fault-vs-zap'],
    counts: [1_397, 2_647, 103],
  },
  'thp-whole': {
    title: 'A fault maps a whole folio of the swap cache where one of its PTEs is gone',
    without: 'map a whole folio only where the PTEs hold all its entries',
    violates: 'NoUnderflow',
    on: thpCachedPairs['thp-cached-vs-zap'],
    counts: [434, 768, 55],
  },
}

export const scenarios = protectionPairs(list, thpProperties)
