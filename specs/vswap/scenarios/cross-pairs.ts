/** Pairs of processes that the files of one layer leave to no other: SCENARIOS.md says which pair is where. */

import { process, type Scenario } from '../../../checker/index.js'
import { anonRmapProperties } from '../anon-rmap-properties.js'
import { memcgProperties } from '../memcg-properties.js'
import { move_pages_pte } from '../move-pages-pte.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fork } from '../vswap.js'
import { lookedFor, nothingIsFreed, shrinkerAlone, shrinkerFreesNoEntry, shrinkerGivesNothingUp } from './backing-unreachable.js'
import {
  cached,
  inZswap,
  movable,
  move,
  moveBack,
  neighbour,
  off,
  out,
  readahead,
  readaheadAlone,
  readaheadKeepsPin,
  readError,
  rmdir,
  shrinker,
  truncatesEntry,
  two,
} from './cross-processes.js'
import { crossSwapoffPairs } from './cross-swapoff-pairs.js'
import { keptByPte } from './memcg-unreachable.js'
import { ofMemcg } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { read as shmemRead, truncate } from './shmem-processes.js'
import {
  mappingHolds,
  neverInPageCache,
  neverMoved,
  noReadError,
  asynchronous as noShmemDirect,
  readersOnly,
  rightZone,
} from './shmem-unreachable.js'
import { entryAndFolioStay, nothingFreed, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import { asynchronousWrite, entryIsRead, forkOfSwapped, noRead, noReclaim, swapfileOnly } from './unreachable.js'
import { watched } from './watched-device.js'

const ofMemcgs = {
  'memcg-rmdir-vs-swapoff': {
    title: 'A memcg goes away while swapoff takes the slot of an entry of it',
    run: [rmdir, off],
    init: ofMemcg(watched(out), 1),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...entryAndFolioStay,
      ...nothingFreed,
    },
    counts: [370, 667, 69],
  },
  'memcg-rmdir-vs-shrinker': {
    title: 'A memcg goes away while the shrinker writes a page of it back',
    run: [rmdir, shrinker],
    init: ofMemcg(inZswap, 1),
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...nothingFreed,
      ...entryIsRead,
    },
    counts: [188, 310, 44],
  },
  'memcg-rmdir-vs-readahead': {
    title: 'A memcg goes away while a page of it is read ahead',
    run: [rmdir, readahead],
    init: ofMemcg(neighbour(out), 2),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [185, 326, 41],
  },
} satisfies Readonly<Record<string, Pair>>

const ofMoves = {
  'move-vs-move': {
    title: 'userfaultfd moves a page there and back',
    run: [move, moveBack],
    init: movable(cached),
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...keptByPte,
      'the folio is in the swap cache all the time, where each move finds it': ['move_pages_pte.SWAP_HAS_CACHE'],
    },
    counts: [227, 378, 51],
  },
  'move-vs-readahead': {
    title: 'userfaultfd moves a page that a fault on its neighbour reads ahead',
    run: [process('uffd', move_pages_pte)({ dst_pte: 3, src_pte: 1 }), readahead],
    init: movable(neighbour(out)),
    bounds: { ...two, pte: 3 },
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [1_439, 2_927, 64],
  },
} satisfies Readonly<Record<string, Pair>>

const others = {
  'zswap-shmem-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its shmem page is brought back',
    run: [shmemRead, shrinker],
    init: inZswap,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...noReadError,
      ...noShmemDirect,
      ...neverInPageCache,
      ...neverMoved,
      ...mappingHolds,
      ...rightZone,
      ...readersOnly,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
      'a page in a physical slot is in the swap cache': ['shmem/swap_read_folio.submit_bio'],
      'zswap_load() has the entry out of the tree before release_backing() looks': ['shmem/zswap_invalidate.zswap_entry_free'],
      'where the zswap entry is gone the shrinker gets the pin only of an entry that a folio backs, and has no folio of its own to give up':
        [
          'zswap_writeback_entry.release_folio',
          'zswap_writeback_entry.folio_unlock',
          'zswap shrinker/delete_from_swap_cache.*',
          'zswap shrinker/release_backing.xa_erase',
          'zswap shrinker/release_backing.swap_slot_tryget_swap_info',
          'zswap shrinker/release_backing.swap_slot_free_nr',
          'zswap shrinker/release_backing.swap_slot_put_swap_info',
          'zswap shrinker/zswap_invalidate.*',
        ],
    },
    counts: [4_653, 9_224, 99],
  },
  'zswap-truncate-vs-shrinker': {
    title: 'The shrinker writes a zswap entry back while its shmem page is truncated',
    run: [truncate, shrinker],
    init: inZswap,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...truncatesEntry,
    },
    counts: [1_146, 2_264, 79],
  },
  'readahead-vs-shrinker': {
    title: 'The shrinker writes a page back next to another, whose fault finds it through the reverse map',
    run: [readahead, shrinker],
    init: neighbour(inZswap),
    bounds: two,
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      ...shrinkerAlone,
      ...nothingIsFreed,
      ...readaheadKeepsPin,
      'the page is in the swap cache whenever its slot is in the reverse map': [
        'readahead/__read_swap_cache_async.folio_alloc',
        'readahead/__read_swap_cache_async.swapcache_prepare',
        'readahead/__read_swap_cache_async.prepared',
        'readahead/__read_swap_cache_async.add_to_swap_cache',
        'readahead/__read_swap_cache_async.folio_add_lru',
        'readahead/swp_swapcount.*',
        'readahead/swapcache_prepare.*',
        'readahead/vswap_folio_backed.*',
        'readahead/swap_read_folio.*',
        'readahead/swap_zeromap_batch.*',
        'readahead/zswap_load.*',
        'readahead/vswap_store_folio.*',
        'readahead/zswap_invalidate.*',
        'readahead/zswap_entry_free.*',
      ],
      'a PTE holds the entry, its page is in no swap cache before, and there is memory': [
        'zswap shrinker/__read_swap_cache_async.put_and_return',
      ],
    },
    counts: [620, 1_218, 55],
  },
  'readahead-vs-readahead': {
    title: 'Two faults on one entry read its neighbour ahead',
    run: [readahead, readahead],
    init: neighbour(out),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
    },
    counts: [3_564, 7_627, 69],
  },
  'readahead-vs-fork': {
    title: 'A page is read ahead while its owner forks',
    run: [readahead, fork({ src_pte: 1, dst_pte: 3 })],
    init: neighbour(out),
    bounds: { ...two, pte: 3 },
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...forkOfSwapped,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [460, 924, 48],
  },
  'readahead-vs-read-error': {
    title: 'A page that is read ahead cannot be read',
    run: [readahead, readError],
    init: neighbour(out),
    bounds: two,
    unreachable: {
      ...swapfileOnly('readahead'),
      ...readaheadKeepsPin,
      ...noReclaim,
      ...nothingIsFreed,
      ...entryIsRead,
      ...readaheadAlone,
    },
    counts: [97, 197, 40],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(crossSwapoffPairs, swapoffProperties),
  ...pairScenarios(ofMemcgs, memcgProperties),
  ...pairScenarios(ofMoves, anonRmapProperties),
  ...pairScenarios(others, []),
]
