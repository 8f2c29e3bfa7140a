/** Each protection of swapoff in a pair of scenarios, in the way of `protections.ts`. */
import { swapoffProperties } from '../swapoff-properties.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { readaheadSwapoffPairs } from './readahead-swapoff-pairs.js'
import { swapoffPairs } from './swapoff-pairs.js'
import { swapoffZswapPairs } from './swapoff-zswap-pairs.js'
import { twoDevicePairs } from './two-device-pairs.js'

const list: Readonly<Record<string, Protection>> = {
  'swapoff-walk-again': {
    title: 'A slot that is allocated and not linked yet is passed over, and swapoff waits for nobody to release it',
    without: 'walk the slots again while any is in use',
    violates: 'SwapoffAwaitsRelease',
    on: swapoffPairs['swapoff-vs-reclaim'],
    missing: 'rfc-v2',
    counts: [1_074, 2_020, 67],
  },
  'swapoff-no-memory': {
    title: 'An entry that goes away while swapoff reads it is taken for a lack of memory',
    without: 'tell an entry that goes away from a lack of memory',
    violates: 'SwapoffHonest',
    on: swapoffPairs['swapoff-vs-zap'],
    missing: 'rfc-v2',
    counts: [1_566, 3_225, 48],
  },
  'swapoff-read-error': {
    title: 'A page that could not be read becomes the one copy of itself, to be written out',
    without: 'look whether the page was read in swapoff',
    violates: 'SwapoffKeepsPages',
    on: swapoffPairs['swapoff-vs-read-error'],
    missing: 'rfc-v2',
    counts: [156, 318, 53],
  },
  'swapoff-plug-unsubmitted': {
    title: 'swapoff sleeps on a folio whose read it holds back in its plug',
    without: 'submit the read before folio_lock in swapoff',
    violates: 'SwapoffSubmits',
    on: swapoffPairs['swapoff-plug'],
    missing: 'rfc-v2',
    counts: [748, 1_448, 79],
  },
  'swapoff-plug-stale': {
    title: 'The second round of swapoff queues a read in the plug that the first has submitted',
    without: 'forget the plug that was submitted',
    violates: 'NoUseAfterFree',
    on: swapoffPairs['swapoff-plug'],
    missing: 'rfc-v2',
    counts: [709, 1_379, 76],
  },
  'swapoff-writeok': {
    title: 'A slot is allocated on a device that is being switched off',
    without: 'refuse a device that is not SWP_WRITEOK',
    violates: 'SwapoffClean',
    on: swapoffPairs['swapoff-vs-reclaim'],
    counts: [1_117, 2_095, 68],
  },
  'swapoff-inuse-pages': {
    title: 'A slot is freed, and inuse_pages does not say so',
    without: 'lower inuse_pages with the slot',
    violates: 'InusePagesExact',
    on: swapoffPairs.swapoff,
    counts: [70, 85, 55],
  },
  'swapoff-folio-lock': {
    title: 'swapoff takes a page that is still being read for one that could not be read',
    without: 'take the folio lock in swapoff',
    violates: 'SwapoffHonest',
    on: swapoffPairs.swapoff,
    counts: [65, 81, 49],
  },
  'swapoff-reinsert': {
    title: 'swapoff fails, and nothing is ever swapped out again',
    without: 'put the device back where swapoff fails',
    violates: 'SwapoffRestores',
    on: swapoffPairs['swapoff-vs-signal'],
    counts: [26, 34, 11],
  },
  'swapoff-recheck': {
    title: 'swapoff takes the temporary folio of a shrinker, which is out of the swap cache and was never read, for the page',
    without: 'look at folio->swap again in swapoff',
    violates: 'SwapoffHonest',
    on: swapoffZswapPairs['swapoff-vs-late-shrinker'],
    counts: [2_921, 5_946, 56],
  },
  'swapoff-recheck-backing': {
    title: 'swapoff takes what backs the entry by then for the slot that it has found',
    without: 'look at the backing again in vswap_swapoff',
    violates: 'UnionMatchesType',
    on: swapoffZswapPairs['swapoff-zswap-store'],
    counts: [4_476, 8_608, 84],
  },
  'swapoff-recheck-device': {
    title: 'swapoff of one device takes a slot of the other for its own, and frees the one that it has found a second time',
    without: 'look at the device again in vswap_swapoff',
    violates: 'NoDoubleFree',
    on: twoDevicePairs['devices-swapoff-vs-reclaim'],
    counts: [4_622, 8_940, 96],
  },
  'direct-other-device': {
    title:
      'A fault reads past the swap cache, as from the synchronous device that it looked up, from another that is not (patches 12 and 15)',
    without: 'look at the device again once the entry is pinned',
    violates: 'WarnNever',
    on: twoDevicePairs['devices-direct-vs-pageout'],
    missing: 'rfc-v2',
    counts: [76_403, 173_184, 172],
  },
  'swapoff-writeback': {
    title: 'swapoff frees a slot that is being written to',
    without: 'wait for writeback in swapoff',
    violates: 'SwapoffClean',
    on: swapoffPairs['swapoff-vs-reclaim'],
    counts: [2_168, 4_189, 100],
  },
  'swapoff-rmap': {
    title: 'The reverse map still leads from a slot that was given back',
    without: 'erase the reverse map in vswap_swapoff',
    violates: 'RmapBijective',
    on: swapoffPairs.swapoff,
    counts: [71, 86, 56],
  },
  'swapoff-dirty': {
    title: 'Reclaim drops the one copy of a page, as clean',
    without: 'mark the folio dirty in vswap_swapoff',
    violates: 'SwapoffKeepsPages',
    on: swapoffPairs['swapoff-vs-swapcache'],
    counts: [763, 1_383, 47],
  },
  'swapoff-inuse-wait': {
    title: 'swapoff does not wait for a slot that it has passed over',
    without: 'wait for inuse_pages',
    violates: 'SwapoffClean',
    on: swapoffPairs['swapoff-vs-reclaim'],
    counts: [1_303, 2_452, 72],
  },
  'readahead-device': {
    title: 'Readahead asks a device that swapoff has taken away for its size',
    without: 'hold the device whose slots are read ahead',
    violates: 'ReadaheadEnds',
    on: readaheadSwapoffPairs['swapoff-readahead-shrinker'],
    missing: 'rfc-v2',
    counts: [25_388, 74_127, 86],
  },
  'swapoff-unowned': {
    title: 'swapoff makes a folio the backing of an entry whose folio it has not locked',
    without: 'take the folio lock in swapoff',
    violates: 'BackingOwned',
    on: swapoffPairs['swapoff-vs-swapcache'],
    counts: [518, 951, 34],
  },
  'swapoff-users': {
    title: 'The device is torn down while a fault holds it',
    without: 'wait for the users of the device',
    violates: 'SwapoffClean',
    on: swapoffPairs['swapoff-vs-direct'],
    counts: [5_759, 11_850, 75],
  },
}

export const scenarios = protectionPairs(list, swapoffProperties)
