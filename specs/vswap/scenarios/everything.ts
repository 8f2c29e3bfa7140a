/**
 * As many processes at once as finish: seven of them without a fault, and five with one. Large states, for the set `nightly`.
 *
 * All processes of the model in one scenario do not finish: each one more takes two to fifty times the states, a fault the most. With swapoff, reclaim, the
 * shrinker, zap, fork, the end of a memcg, two faults, a store, readahead, migration, a read error and a write error on this page, the search has 9,875,091
 * states in 21 levels, of which the last has 2,090,084; the first of the two below ends after 189. Nor do these end within 15 million states:
 * swapoff, reclaim, the shrinker, zap, fork, the end of a memcg and migration; the same with readahead and a write error in place of fork; and swapoff, reclaim, a
 * store, migration, zap, the end of a memcg and a read error. A page that userfaultfd moves is in one address space alone here, and so meets no fork.
 */
import { process, type Scenario, scenario } from '../../../checker/index.js'
import { mem_cgroup_css_offline } from '../mem-cgroup-css-offline.js'
import { memcgProperties } from '../memcg-properties.js'
import type { State } from '../state.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, fork, mapped, reclaim, vswap, zap, zswapShrinker } from '../vswap.js'
import { write_error } from '../write-error.js'
import { loadErases, lookedFor, noSlotWritten, noZeroes, zswapTakesAll } from './backing-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import {
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

const inMemory = (how: State['zswap']) => (s: State) => {
  mapped(s)
  s.zswap = how
}

const slotReleased = (kind: string): readonly string[] => [
  `${kind}/release_backing.xa_erase`,
  `${kind}/release_backing.swap_slot_tryget_swap_info`,
  `${kind}/release_backing.swap_slot_free_nr`,
  `${kind}/release_backing.swap_slot_put_swap_info`,
]

export const scenarios: readonly Scenario[] = [
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
