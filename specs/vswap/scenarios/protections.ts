/**
 * Each protection of the protocol in a pair of scenarios: `+fixed` has it and holds, `+broken` does without it and violates the
 * property that is named. `+rfc-v2` in place of `+broken` says that the protection is missing from the RFC as posted.
 */

import { fault, reclaim, swappedOut } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairs } from './pairs.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { pinned, slotsSuffice, stillSwapped, swapfileOnly, writtenOnce } from './unreachable.js'

/** CVE-2024-26759: three threads, as the page must go out again while the first fault is on its way. */
const directSwapin: Pair = {
  title: '',
  run: [fault({ pte: 1, write: false }), fault({ pte: 1, write: true }), reclaim({})],
  init(s) {
    s.SWP_SYNCHRONOUS_IO = true
    swappedOut(s, 1)
  },
  unreachable: {
    ...pinned,
    ...slotsSuffice,
    ...stillSwapped,
    ...writtenOnce,
    ...swapfileOnly('fault', 'reclaim'),
  },
  counts: [1_679_297, 5_103_925, 255],
}

const list: Readonly<Record<string, Protection>> = {
  'direct-swapin': {
    title: 'Two threads fault on one PTE past the swap cache, and reclaim takes the page out again between them (CVE-2024-26759)',
    without: 'pin the entry before a direct read',
    violates: 'NoStaleData',
    on: directSwapin,
    counts: [247_138, 730_070, 111],
  },
  'swap-device-null': {
    title:
      'The entry is freed between the fault and its look at the swap device: si is NULL (patches 10 and 11 as posted; patch 12 tests it)',
    without: 'test si before si->flags',
    violates: 'NoUseAfterFree',
    on: pairs['direct-vs-zap'],
    missing: 'rfc-v2',
    counts: [332, 590, 23],
  },
  'pte-same': {
    title: 'Two faults bring the same page in, and the second does not look at the PTE again',
    without: 'pte_same under the page table lock',
    violates: 'NoUnderflow',
    on: pairs['cached-vs-cached'],
    counts: [5_470, 10_561, 78],
  },
  'kfree-rcu': {
    title: 'A descriptor is freed under a reader that found it in vswap_map',
    without: 'wait for readers before freeing a descriptor',
    violates: 'NoUseAfterFree',
    on: pairs['cached-vs-zap'],
    counts: [277, 490, 22],
  },
  'prepare-cmpxchg': {
    title: 'swapcache_prepare() stores what it has computed without looking whether swap_refs has changed',
    without: 'atomic_try_cmpxchg in swapcache_prepare',
    violates: 'RefsExact',
    on: pairs['cached-vs-fork'],
    counts: [253, 463, 29],
  },
  'prepare-twice': {
    title: 'swapcache_prepare() pins an entry that is pinned',
    without: 'refuse a second swap cache pin',
    violates: 'RefsExact',
    on: pairs['cached-vs-cached-shared'],
    counts: [1_297, 2_435, 47],
  },
  'prepare-dead': {
    title: 'swapcache_prepare() pins an entry whose last reference is gone',
    without: 'refuse an entry without references in swapcache_prepare',
    violates: 'NoResurrection',
    on: pairs['cached-vs-zap'],
    counts: [599, 1_147, 30],
  },
  'drop-and-test': {
    title: 'Two owners drop their counts, and both find that none is left',
    without: 'drop and test the swap count in one access',
    violates: 'NoDoubleFree',
    on: pairs['zap-vs-zap'],
    counts: [693, 1_181, 43],
  },
  'free-swap-recheck': {
    title: 'folio_free_swap() drops the swap cache of an entry that a PTE holds',
    without: 'recheck the swap count before dropping the swap cache',
    violates: 'BackingLive',
    on: pairs['cached-vs-reclaim'],
    counts: [190, 311, 36],
  },
  'ref-freeze': {
    title: 'Reclaim frees a folio that a fault has found in the swap cache',
    without: 'freeze the reference count before removal from the swap cache',
    violates: 'VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)',
    on: pairs['swapin-vs-reclaim'],
    counts: [237, 432, 22],
  },
  'put-swap-folio': {
    title: 'The swap cache pin is not given back when the folio leaves the swap cache',
    without: 'put the swap cache pin after removal from the swap cache',
    violates: 'NoLeak',
    on: pairs['swapcache-vs-zap'],
    counts: [288, 531, 27],
  },
  'free-slot': {
    title: 'The physical slot is not freed with its virtual one',
    without: 'free the physical slot with the virtual one',
    violates: 'NoLeak',
    on: pairs['zap-vs-zap'],
    counts: [394, 726, 48],
  },
}

export const scenarios = protectionPairs(list)
