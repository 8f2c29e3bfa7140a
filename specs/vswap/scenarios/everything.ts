/**
 * All kinds of processes in one scenario. Large states, for the set `nightly`.
 *
 * The first five bound how many threads there are, and how much each does, and leave open what: three threads that do one thing each, or two that do two, whichever of
 * all that `anyone.ts` lists. So whoever can meet does, three at a time, or two that have done something before. What is of an anonymous page, of one that userfaultfd
 * moves, and of one of a file is apart, as an entry is held by PTEs or by a mapping, and mmap_lock keeps fork and userfaultfd apart.
 *
 * One process of each kind, all at once, does not end: each one more takes two to fifty times the states, a fault the most. With swapoff, reclaim, the
 * shrinker, zap, fork, the end of a memcg, two faults, a store, readahead, migration, a read error and a write error on this page, the search has 9,875,091
 * states in 21 levels, of which the last has 2,090,084; `everything-but-faults` ends after 189. Nor do these end within 15 million states:
 * swapoff, reclaim, the shrinker, zap, fork, the end of a memcg and migration; the same with readahead and a write error in place of fork; and swapoff, reclaim, a
 * store, migration, zap, the end of a memcg and a read error. The last two below are as many at once as do end: seven of them without a fault, and five with one.
 */
import { process, type Scenario, scenario } from '../../../checker/index.js'
import { anyone, anyone_moves, anyone_of_file } from '../anyone.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { memcgProperties } from '../memcg-properties.js'
import { shmemProperties } from '../shmem-properties.js'
import type { State } from '../state.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { compressed, fault, fork, mapped, mappedTwice, reclaim, vswap, zap, zswapShrinker } from '../vswap.js'
import { write_error } from '../write-error.js'
import { loadErases, lookedFor, noSlotWritten, noZeroes, zswapTakesAll } from './backing-unreachable.js'
import { movable } from './cross-processes.js'
import { neverMapped } from './migrate-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import {
  entryAndFolioStay,
  noSlotAskedFor,
  readLeavesCache,
  slotMeansFolioOrEnd,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsNoZswap,
} from './swapoff-unreachable.js'
import { asynchronous, asynchronousWrite, pinned } from './unreachable.js'
import { watched } from './watched-device.js'

const off = process('swapoff', swapoff)({ type: 1, again: false })
const rmdir = process('rmdir', mem_cgroup_css_offline)({ memcg: 1 })
const writeError = process('write error', write_error)({})
const unmap = zap({ pte: 1 })
const anonymous = process('anyone', anyone)
const moved = process('anyone', anyone_moves)
const ofFile = process('anyone', anyone_of_file)

/** zswap takes a page now and then. */
const unreliable = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.zswap = 'unreliable'
}

/** What a page before has left in each slot. */
const slotsWrittenBefore = (start: (s: State) => void) => (s: State) => {
  start(s)
  for (const slot of s.medium.ids) s.medium[slot] = 3
}

const inMemory = (how: State['zswap']) => (s: State) => {
  mapped(s)
  s.zswap = how
}

/** Of threads that do anything. */
const secondLook = {
  'where F10 is repaired, an entry that is not in the tree gets no slot, and the second look at the tree finds what the first found': [
    'zswap_writeback_entry.fail',
  ],
}
const constantHere = { ...asynchronous, ...asynchronousWrite, ...noZeroes, ...secondLook }

const slotReleased = (kind: string): readonly string[] => [
  `${kind}/release_backing.xa_erase`,
  `${kind}/release_backing.swap_slot_tryget_swap_info`,
  `${kind}/release_backing.swap_slot_free_nr`,
  `${kind}/release_backing.swap_slot_put_swap_info`,
]

export const scenarios: readonly Scenario[] = [
  scenario(vswap, {
    name: 'everything',
    title: 'Three threads, each of which does one thing, whatever it is, to a page that two address spaces have in memory',
    set: 'nightly',
    run: [
      anonymous({ child: 3, may: 'none', times: 1 }),
      anonymous({ child: 4, may: 'swapoff', times: 1 }),
      anonymous({ child: 5, may: 'rmdir', times: 1 }),
    ],
    init: watched(ofMemcg(unreliable(mappedTwice), 1)),
    bounds: { pte: 5, folio: 4 },
    properties: [...swapoffProperties, ...memcgProperties],
    unreachable: constantHere,
    expect: { verdict: 'holds', distinct: 23_496_988, generated: 69_146_354, depth: 342 },
  }),
  scenario(vswap, {
    name: 'everything-in-turn',
    title: 'Two threads, each of which does two things, whatever they are, to a page that two address spaces have in memory',
    set: 'nightly',
    run: [anonymous({ child: 3, may: 'swapoff', times: 2 }), anonymous({ child: 4, may: 'rmdir', times: 2 })],
    init: watched(ofMemcg(unreliable(mappedTwice), 1)),
    bounds: { pte: 4, folio: 3 },
    properties: [...swapoffProperties, ...memcgProperties],
    unreachable: constantHere,
    expect: { verdict: 'holds', distinct: 15_795_827, generated: 35_604_378, depth: 415 },
  }),
  scenario(vswap, {
    name: 'everything-out',
    title:
      'Two threads, of which one does two things and the other one, whatever they are, to a page that two address spaces have, and that is in zswap',
    set: 'nightly',
    run: [anonymous({ child: 3, may: 'swapoff', times: 2 }), anonymous({ child: 4, may: 'rmdir', times: 1 })],
    init: watched(
      ofMemcg(
        unreliable((s) => compressed(s, 2)),
        1,
      ),
    ),
    bounds: { pte: 4, folio: 3 },
    properties: [...swapoffProperties, ...memcgProperties],
    unreachable: {
      ...constantHere,
      ...entryAndFolioStay,
      'who forks takes no fault, and its page is out': [
        'copy_pte_range.folio_get',
        'copy_pte_range.folio_try_dup_anon_rmap_pte',
        'copy_pte_range.wrprotect_ptes',
        'copy_pte_range.set_ptes',
      ],
    },
    expect: { verdict: 'holds', distinct: 1_549_916, generated: 3_359_460, depth: 301 },
  }),
  scenario(vswap, {
    name: 'everything-moved',
    title: 'The same of a page that userfaultfd may move',
    set: 'nightly',
    run: [moved({ child: 1, may: 'swapoff', times: 2 }), moved({ child: 1, may: 'rmdir', times: 1 })],
    init: watched(ofMemcg(movable(unreliable((s) => compressed(s, 1))), 1)),
    bounds: { pte: 2, folio: 3 },
    properties: [...swapoffProperties, ...memcgProperties],
    unreachable: {
      ...constantHere,
      'the page is in one address space, which may write to it': [
        'do_wp_page.*',
        'wp_can_reuse_anon_folio.*',
        'wp_page_copy.*',
        'free_swap_cache.*',
      ],
    },
    expect: { verdict: 'holds', distinct: 1_918_406, generated: 4_546_017, depth: 392 },
  }),
  scenario(vswap, {
    name: 'everything-of-file',
    title: 'Two threads, each of which does two things, whatever they are, to a page of a shmem file that is in zswap',
    set: 'nightly',
    run: [ofFile({ child: 1, may: 'swapoff', times: 2 }), ofFile({ child: 1, may: 'rmdir or truncate', times: 2 })],
    init: watched(ofMemcg(unreliable(slotsWrittenBefore((s) => compressed(s, 1))), 1)),
    bounds: { folio: 3 },
    properties: [...swapoffProperties, ...memcgProperties, ...shmemProperties],
    unreachable: {
      ...noZeroes,
      ...asynchronousWrite,
      ...secondLook,
      ...neverMapped,
      'the device is not synchronous, and reads go through the swap cache': [
        'shmem_get_folio_gfp.shmem_alloc_folio',
        'shmem_get_folio_gfp.prepared',
        'shmem_get_folio_gfp.folio_backed',
        'shmem_get_folio_gfp.folio_put_new',
        'shmem_get_folio_gfp.swap_read_folio',
      ],
      'the mapping takes folios of any zone': [
        'shmem_get_folio_gfp.shmem_replace_folio',
        'shmem_get_folio_gfp.replaced',
        'shmem_replace_folio.*',
      ],
      'no PTE maps a page of the file, and it gets its entry in shmem_writepage()': [
        'shrink_folio_list.added',
        'add_to_swap.*',
        'try_to_unmap.*',
        'swap_duplicate.*',
      ],
      'there is always a virtual slot, and memory': ['shmem_writepage.mutex_unlock_failed', 'shmem_writepage.put_swap_folio'],
    },
    expect: { verdict: 'holds', distinct: 7_118_804, generated: 17_437_674, depth: 296 },
  }),
  scenario(vswap, {
    name: 'everything-but-faults',
    title: 'A page of a memcg goes out, is written back, cannot be written, is shared and unmapped, while its memcg and the device go away',
    set: 'nightly',
    run: [off, reclaim({}), zswapShrinker({}), unmap, fork({ src_pte: 1, dst_pte: 2 }), rmdir, writeError],
    init: watched(ofMemcg(inMemory('on'), 1)),
    bounds: { pte: 2 },
    properties: [...swapoffProperties, ...memcgProperties],
    unreachable: {
      ...slotMeansFolioOrEnd,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...noSlotAskedFor,
      ...zswapTakesAll,
      ...noZeroes,
      ...asynchronousWrite,
      ...lookedFor,
      'reclaim comes once, and the entry has no slot as long as it has the pin: the shrinker does not get it before':
        slotReleased('reclaim'),
      'the shrinker gives its pin back only where it has got no slot': slotReleased('zswap shrinker'),
    },
    expect: { verdict: 'holds', distinct: 10_003_825, generated: 53_051_008, depth: 189 },
  }),
  scenario(vswap, {
    name: 'everything-with-a-fault',
    title: 'A page goes to zswap, or past it, is written back, faulted in and unmapped, while the device is switched off',
    set: 'nightly',
    run: [off, fault({ pte: 1, write: false }), reclaim({}), zswapShrinker({}), unmap],
    init: watched(inMemory('unreliable')),
    properties: swapoffProperties,
    unreachable: {
      ...swapoffKeepsPin,
      ...swapoffReadsNoZswap,
      ...staysOff,
      ...asynchronous,
      ...asynchronousWrite,
      ...readLeavesCache,
      ...pinned,
      ...loadErases,
      ...lookedFor,
      ...noZeroes,
      'a fault to read leaves the folio in the swap cache, and the entry to others': [
        'fault/swapcache_clear.*',
        'fault/vswap_free.*',
        ...slotReleased('fault'),
      ],
      'the shrinker gives its pin back only where it has got no slot': slotReleased('zswap shrinker'),
    },
    expect: { verdict: 'holds', distinct: 23_764_451, generated: 101_984_532, depth: 226 },
  }),
]
