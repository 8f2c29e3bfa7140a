/** Pairs of processes that meet on a zero-filled page. */

import type { State } from '../state.js'
import { fault, fork, mapped, reclaim, zap, zeroFilled } from '../vswap.js'
import {
  faultFreesNothing,
  noSlotRead,
  noSlotReadSteps,
  noSlotWritten,
  nothingIsFreed,
  reclaimKeepsEntry,
  zapFindsNoSlot,
  zeroFilledOnly,
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
  slotsSuffice,
  writtenOnce,
} from './unreachable.js'

const read = (pte: number) => fault({ pte, write: false })
const write = (pte: number) => fault({ pte, write: true })
const zero = (ptes: number) => (s: State) => zeroFilled(s, ptes)

export const zeroPairs = {
  'zero-load-vs-load': {
    title: 'Two threads fault on one PTE; the page is zero-filled',
    run: [read(1), write(1)],
    init: zero(1),
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...noSlotRead,
      ...zeroFilledOnly,
      'no folio takes the place of the zeroes': ['vswap_store_folio.*'],
    },
    counts: [7_533, 15_419, 115],
  },
  'zero-load-vs-zap': {
    title: 'A zero-filled page is unmapped while another thread of its owner faults on it',
    run: [read(1), zap({ pte: 1 })],
    init: zero(1),
    unreachable: {
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...pinned,
      ...noCacheHit,
      ...faultFreesNothing,
      ...noSlotRead,
      ...zapFindsNoSlot,
      ...zeroFilledOnly,
      'no folio takes the place of the zeroes': ['vswap_store_folio.*'],
      'a fault for reading leaves the folio in the swap cache, and the entry to others': [
        'fault/folio_free_swap.*',
        'fault/folio_swapped.*',
        'fault/vswap_free.*',
        'fault/release_backing.*',
      ],
    },
    counts: [1_118, 2_217, 91],
  },
  'zero-load-vs-fork': {
    title: 'One owner of the entry forks while the other faults; the page is zero-filled',
    run: [write(2), fork({ src_pte: 1, dst_pte: 3 })],
    init: zero(2),
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
      ...noSlotRead,
      ...nothingIsFreed,
      ...zeroFilledOnly,
      'no folio takes the place of the zeroes': ['vswap_store_folio.*'],
      'the other owner and the child hold the entry to the end: no backing is released': ['release_backing.*'],
    },
    counts: [580, 1_092, 66],
  },
  'zero-reclaim-vs-write': {
    title: 'Reclaim finds a page zero-filled while its owner writes to it',
    run: [write(1), reclaim({})],
    init(s) {
      mapped(s)
      s.zeroes = 1
    },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...noRead,
      ...writtenOnce,
      ...pinned,
      ...slotsSuffice,
      ...nobodyElseFaults,
      ...entryIsRead,
      ...reclaimKeepsEntry,
      'a page that goes to a slot was written to, and its owner does not come back': noSlotReadSteps,
      'zswap is off, and a page that comes back is zero-filled': [
        'fault/swap_read_folio.zswap_loaded',
        'zswap_load.*',
        'fault/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
        'reclaim/zswap_store.zswap_compress',
        'reclaim/zswap_store.xa_store',
        'reclaim/zswap_store.vswap_assoc_zswap',
        'reclaim/zswap_store.free_old',
        'reclaim/zswap_store.swpentry',
        'reclaim/zswap_store.zswap_lru_add',
        'vswap_assoc_zswap.*',
      ],
    },
    counts: [981, 1_650, 118],
  },
  'zero-reclaim-vs-zap': {
    title: 'Reclaim finds a page zero-filled while its owner unmaps it',
    run: [zap({ pte: 1 }), reclaim({})],
    init(s) {
      mapped(s)
      s.zeroes = 1
    },
    unreachable: {
      ...asynchronousWrite,
      ...noReclaim,
      ...noRead,
      ...writtenOnce,
      ...slotsSuffice,
      ...noSlotWritten('reclaim finds the page zero-filled'),
      ...zapFindsNoSlot,
      'reclaim finds the page zero-filled, and zswap is off': [
        'zswap_invalidate.*',
        'zswap_entry_free.*',
        'reclaim/swap_writepage.zswap_store',
        'reclaim/swap_writepage.vswap_alloc_swap_slot',
        'zswap_store.*',
        'vswap_assoc_zswap.*',
        'vswap_store_folio.*',
      ],
    },
    counts: [1_448, 2_804, 79],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(zeroPairs)
