import { reclaim, swappedOut } from '../vswap.js'
import { nothingIsFreed } from './backing-unreachable.js'
import { movable, move, off, out, readError, store, truncatesEntry, unmap } from './cross-processes.js'
import type { Pair } from './pair.js'
import { read as shmemRead, truncate } from './shmem-processes.js'
import {
  mappingHolds,
  neverInPageCache,
  neverMoved,
  noReadError,
  asynchronous as noShmemDirect,
  readersOnly,
  rightZone,
  zswapIsOff,
} from './shmem-unreachable.js'
import {
  entryAndFolioStay,
  neverWritten,
  nothingFreed,
  reclaimOfUnmapped,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import { asynchronous, nobodyElseFaults, noReclaim, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

export const crossSwapoffPairs = {
  'swapoff-vs-shmem': {
    title: 'swapoff while a shmem page is brought back',
    run: [off, shmemRead],
    init: watched(out),
    unreachable: {
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...zswapIsOff,
      'no page is in zswap, and so no folio takes the place of a zswap entry': ['vswap_store_folio.*'],
      ...noReadError,
      ...noShmemDirect,
      ...neverInPageCache,
      ...neverMoved,
      ...mappingHolds,
      ...rightZone,
      ...readersOnly,
      'nobody else changes the mapping': ['shmem_get_folio_gfp.failed', 'shmem_get_folio_gfp.unlock'],
    },
    counts: [12_689, 26_676, 120],
  },
  'swapoff-vs-truncate': {
    title: 'swapoff while a shmem page is truncated',
    run: [off, truncate],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('truncate'),
      ...truncatesEntry,
    },
    counts: [3_494, 7_357, 99],
  },
  'swapoff-vs-store': {
    title: 'swapoff while one of two owners writes to the page',
    run: [off, store({ pte: 1 })],
    init: watched((s) => swappedOut(s, 2)),
    bounds: { pte: 2, folio: 3 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('store'),
      ...asynchronous,
      ...entryAndFolioStay,
      ...nobodyElseFaults,
      ...nothingIsFreed,
      'the PTE that is written to stays mapped, and the other holds the entry': [
        'do_wp_page.pte_unmap_unlock',
        'store/folio_free_swap.folio_ref_sub',
        'store/swapcache_clear.*',
        'store/release_backing.*',
        'store/vswap_free_nr_any_cache_only.rcu_read_unlock',
      ],
    },
    counts: [14_127, 28_620, 140],
  },
  'swapoff-vs-move': {
    title: 'swapoff while userfaultfd moves the page',
    run: [off, move],
    init: watched(movable(out)),
    bounds: { pte: 2 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...entryAndFolioStay,
      ...nothingFreed,
    },
    counts: [3_299, 6_783, 91],
  },
  'swapoff-read-error-reclaim': {
    title: 'swapoff of a device that cannot be read, while reclaim drops the page',
    run: [off, readError, reclaim({})],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...nothingFreed,
      ...reclaimOfUnmapped,
      ...writtenOnce,
      ...neverWritten,
      'a folio that has no slot gets none from the device that is switched off': [
        'reclaim/swap_writepage.written',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/vswap_alloc_swap_slot.xa_insert',
        'reclaim/vswap_alloc_swap_slot.write_lock',
        '__swap_writepage.*',
      ],
    },
    counts: [2_576, 6_961, 104],
  },
  'swapoff-read-error-zap': {
    title: 'swapoff of a device that cannot be read, while the page is unmapped',
    run: [off, readError, unmap],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...swapfileOnly('zap'),
      ...zapOfSwapped,
    },
    counts: [9_077, 26_415, 100],
  },
} satisfies Readonly<Record<string, Pair>>
