/** Pairs of processes that meet on an entry that is in zswap. */

import type { State } from '../state.js'
import { compressed, fault, fork, zap, zswapShrinker } from '../vswap.js'
import {
  faultFreesNothing,
  loadErases,
  lookedFor,
  noSlotRead,
  nothingIsFreed,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  zapFindsNoSlot,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  forkOfSwapped,
  nobodyElseFaults,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  zapOfSwapped,
} from './unreachable.js'

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })
const shrinker = zswapShrinker({})
const inZswap = (ptes: number) => (s: State) => compressed(s, ptes)

export const zswapPairs = {
  'zswap-load-vs-load': {
    title: 'Two threads fault on one PTE; the page is in zswap',
    run: [read(1), write(1)],
    init: inZswap(1),
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...loadErases,
      ...noSlotRead,
    },
    counts: [9_325, 18_939, 129],
  },
  'zswap-load-vs-load-shared': {
    title: 'Two address spaces share the entry and fault; the page is in zswap',
    run: [write(1), write(2)],
    init: inZswap(2),
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...nobodyElseFaults,
      ...faultFreesNothing,
      ...loadErases,
      ...noSlotRead,
      ...nothingIsFreed,
    },
    counts: [6_883, 13_401, 116],
  },
  'zswap-load-vs-fork': {
    title: 'One owner of the entry forks while the other faults; the page is in zswap',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: inZswap(2),
    bounds: { pte: 3 },
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...nobodyElseFaults,
      ...forkOfSwapped,
      ...noCacheHit,
      ...entryIsRead,
      ...faultFreesNothing,
      ...loadErases,
      ...noSlotRead,
      ...nothingIsFreed,
    },
    counts: [720, 1_358, 80],
  },
  'zswap-load-vs-zap': {
    title: 'A page in zswap is unmapped while another thread of its owner faults on it',
    run: [read(1), zap({ pte: 1 })],
    init: inZswap(1),
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...noCacheHit,
      ...faultFreesNothing,
      ...loadErases,
      ...noSlotRead,
      ...zapFindsNoSlot,
      'a fault for reading leaves the folio in the swap cache, and the entry to others': [
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/vswap_free.*',
      ],
    },
    counts: [1_604, 3_207, 107],
  },
  'zswap-load-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its page is faulted in',
    run: [write(1), shrinker],
    init: inZswap(1),
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...noRead,
      ...pinned,
      ...nobodyElseFaults,
      ...loadErases,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
    },
    counts: [5_395, 10_849, 109],
  },
  'zswap-zap-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its page is unmapped',
    run: [zap({ pte: 1 }), shrinker],
    init: inZswap(1),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...zapOfSwapped,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
    },
    counts: [1_176, 2_339, 79],
  },
  'zswap-fork-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its owner forks',
    run: [fork({ src_pte: 1, dst_pte: 2 }), shrinker],
    init: inZswap(1),
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...forkOfSwapped,
      ...entryIsRead,
      ...lookedFor,
      ...nothingIsFreed,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
    },
    counts: [440, 846, 50],
  },
  'zswap-shrinker-vs-shrinker': {
    title: 'Two shrinkers come to one zswap entry',
    run: [shrinker, shrinker],
    init: inZswap(1),
    unreachable: {
      ...asynchronousWrite,
      ...noRead,
      ...lookedFor,
      ...nothingIsFreed,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
    },
    counts: [2_194, 4_340, 57],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(zswapPairs)
