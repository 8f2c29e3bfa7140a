/** Migration against the processes of other layers: fork, copy-on-write, userfaultfd move, the end of a memcg, and I/O errors. */

import { process, type Scenario } from '../../../checker/index.js'
import { anonRmapProperties } from '../anon-rmap-properties.js'
import { memcgProperties } from '../memcg-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import { fault, fork, mapped, reclaim, rewritten } from '../vswap.js'
import { write_error } from '../write-error.js'
import { nothingIsFreed } from './backing-unreachable.js'
import { cached, movable, move, neighbour, out, readahead, readError, rmdir, store, two } from './cross-processes.js'
import { migrate, sharedInCache } from './migrate-pairs.js'
import { faultFindsFolio, lockedUntilUnmapped, neverMapped, nobodyInTheWay, readaheadOfSlots } from './migrate-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { zswapIsOff } from './shmem-unreachable.js'
import { entryWasAllocated, nothingFreed } from './swapoff-unreachable.js'
import { noZswap } from './thp-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  forkOfSwapped,
  noRead,
  noReclaim,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
} from './unreachable.js'
import { nobodyElseChanges, noSwapFault, writerPinned } from './wp-pairs.js'

const writeError = process('write error', write_error)({})

export const migrateCrossPairs = {
  'migrate-vs-fork': {
    title: 'A folio in the swap cache is migrated while its owner, who has it swapped out, forks',
    run: [migrate, fork({ src_pte: 1, dst_pte: 2 })],
    init: cached,
    bounds: { pte: 2 },
    unreachable: {
      ...neverMapped,
      ...forkOfSwapped,
      ...noReclaim,
      ...noRead,
      ...nothingFreed,
      ...nobodyInTheWay,
    },
    counts: [210, 390, 29],
  },
  'migrate-mapped-vs-fork': {
    title: 'A folio that is mapped and in the swap cache is migrated while its owner forks',
    run: [migrate, fork({ src_pte: 1, dst_pte: 2 })],
    init: rewritten,
    bounds: { pte: 2 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...nothingFreed,
      ...nobodyInTheWay,
      'the PTE that is copied is mapped, or waits for the folio': ['swap_duplicate.*'],
    },
    counts: [335, 587, 48],
  },
  'migrate-fork-write': {
    title: 'A folio that is mapped and in the swap cache is migrated while its owner forks, and writes to it',
    run: [migrate, fork({ src_pte: 1, dst_pte: 2 }), fault({ pte: 1, write: true })],
    init: rewritten,
    bounds: { pte: 2 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...nothingFreed,
      ...nobodyInTheWay,
      ...asynchronous,
      ...noSwapFault('fault'),
      'the PTE is mapped, or waits for the folio, when it is copied or written to': [
        'swap_duplicate.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'swapcache_clear.*',
        'vswap_free.*',
        'release_backing.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
    },
    counts: [854, 1_660, 49],
  },
  'migrate-vs-store': {
    title: 'A folio that one owner maps and another has swapped out is migrated, and the former writes to it',
    run: [migrate, store({ pte: 1 })],
    init: sharedInCache,
    bounds: { pte: 2, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...noSwapFault('store'),
      'a PTE holds the entry, so the folio stays in the swap cache': [
        'folio_free_swap.folio_ref_sub',
        'swapcache_clear.*',
        'vswap_free.*',
        'release_backing.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
      ],
      ...nothingFreed,
    },
    counts: [2_311, 4_323, 83],
  },
  'migrate-swapped-vs-store': {
    title: 'The same, and the latter writes to it',
    run: [migrate, store({ pte: 2 })],
    init: sharedInCache,
    bounds: { pte: 2, folio: 4 },
    unreachable: {
      ...faultFindsFolio,
      ...asynchronous,
      ...noReclaim,
      ...noRead,
      ...nobodyElseChanges,
      ...noZswap('store'),
      ...writerPinned,
      'the other owner maps the folio: the page is copied': [
        'wp_can_reuse_anon_folio.folio_trylock',
        'wp_can_reuse_anon_folio.folio_test_swapcache',
        'wp_can_reuse_anon_folio.recheck',
        'wp_can_reuse_anon_folio.folio_unlock',
      ],
    },
    counts: [3_272, 6_195, 114],
  },
  'migrate-vs-read-error': {
    title: 'A folio whose page could not be read ahead is migrated',
    run: [migrate, readahead, readError],
    init: neighbour(out),
    bounds: two,
    unreachable: {
      ...readaheadOfSlots,
      ...neverMapped,
      ...zswapIsOff,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
    },
    counts: [845, 2_373, 59],
  },
  'migrate-vs-write-error': {
    title: 'A folio whose page cannot be written is migrated',
    run: [migrate, reclaim({}), writeError],
    init: mapped,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...lockedUntilUnmapped,
      ...stillSwapped,
      ...writtenOnce,
      ...nothingFreed,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [697, 1_927, 88],
  },
} satisfies Readonly<Record<string, Pair>>

const ofMoves = {
  'migrate-vs-move': {
    title: 'A folio in the swap cache is migrated while userfaultfd moves its page',
    run: [migrate, move],
    init: movable(cached),
    bounds: { pte: 2 },
    unreachable: {
      ...neverMapped,
      ...noReclaim,
      ...noRead,
      ...nothingFreed,
      'the folio is in the swap cache': ['move_pages_pte.SWAP_HAS_CACHE'],
    },
    counts: [651, 1_206, 45],
  },
} satisfies Readonly<Record<string, Pair>>

const ofMemcgs = {
  'migrate-vs-rmdir': {
    title: 'A folio in the swap cache is migrated, and its page goes out, while its memcg goes away',
    run: [migrate, rmdir, reclaim({})],
    init: ofMemcg(rewritten, 2),
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...entryWasAllocated,
      ...stillSwapped,
      ...nothingFreed,
      ...asynchronousWrite,
      ...noRead,
      ...slotsSuffice,
    },
    counts: [2_034, 4_975, 109],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(migrateCrossPairs, migrateProperties),
  ...pairScenarios(ofMoves, [...anonRmapProperties, ...migrateProperties]),
  ...pairScenarios(ofMemcgs, [...memcgProperties, ...migrateProperties]),
]
