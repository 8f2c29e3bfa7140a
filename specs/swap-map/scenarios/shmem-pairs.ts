/** Shmem files: pages that come back, truncation, and swapoff. */
import { oneCpu, weak } from '../../../checker/index.js'
import { file } from '../shmem-xarray.js'
import { noIo } from './history-unreachable.js'
import { type Pair, type Protection, pairScenarios, protectionPairs } from './pair.js'
import {
  out,
  outLarge,
  read,
  realtimeRead,
  ShmemCompletes,
  ShmemSwapoffTerminates,
  safe,
  split,
  swapoff,
  sync,
  tailCached,
  truncate,
} from './shmem-states.js'

const one = { shmem_file: 1, shmem_index: 1 }
const two = { shmem_file: 1, shmem_index: 2 }
const going = [weak.processes()]

const list: Readonly<Record<string, Protection>> = {
  'shmem-swapin-vs-swapoff': {
    title: 'A shmem page is about to be read from a device that is switched off',
    without: 'hold the swap device in shmem_swapin_folio',
    violates: 'NoUseAfterFree',
    properties: safe,
    run: [read({ index: 1, once: false }), swapoff],
    init: out,
    bounds: one,
    unreachable: {
      ...noIo,
      'the device answers later': [
        'shmem_get_folio_gfp.swapcache_prepare',
        'shmem_get_folio_gfp.non_swapcache_batch',
        'shmem_get_folio_gfp.workingset_refault',
        'shmem_get_folio_gfp.swap_read_folio',
      ],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
    },
    broken: [318, 578, 26],
    counts: [337, 617, 30],
  },
  'shmem-swapoff-read-error': {
    title: 'swapoff cannot read a page of a shmem file',
    without: 'put a swapin error in place of a page that cannot be read',
    violates: ShmemSwapoffTerminates.name,
    properties: [...safe, ShmemSwapoffTerminates],
    fairness: going,
    run: [swapoff],
    init: (s) => {
      out(s)
      file(s).unreadable = true
    },
    bounds: one,
    unreachable: {
      ...noIo,
      'nothing is found in the swap cache': ['shmem_get_folio_gfp.xa_get_order_cached'],
      'the device answers later': [
        'shmem_get_folio_gfp.swapcache_prepare',
        'shmem_get_folio_gfp.non_swapcache_batch',
        'shmem_get_folio_gfp.workingset_refault',
        'shmem_get_folio_gfp.swap_read_folio',
      ],
      'no page can be read': ['shmem_get_folio_gfp.shmem_add_to_page_cache'],
    },
    broken: [21, 22, 21],
    counts: [22, 22, 22],
  },
  'realtime-shmem-direct': {
    title: 'A thread of higher priority looks for a shmem page again and again while the other reads it past the swap cache',
    without: 'sleep before a shmem entry that is pinned is looked up again',
    violates: ShmemCompletes.name,
    properties: [...safe, ShmemCompletes],
    fairness: [oneCpu([['realtime shmem'], ['shmem']], () => false)],
    run: [realtimeRead({ index: 1, once: false }), read({ index: 1, once: false })],
    init: sync(out),
    bounds: one,
    unreachable: {
      ...noIo,
      'nothing is found in the swap cache': ['shmem_get_folio_gfp.xa_get_order_cached'],
      'every page is read past the swap cache': ['shmem_get_folio_gfp.swap_cluster_readahead', 'shmem_get_folio_gfp.folio_lock'],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
    },
    broken: [198, 363, 22],
    counts: [198, 363, 22],
  },
  'shmem-large-forever': {
    title: 'A large shmem entry is to be read past the swap cache, of which readahead has brought in the second page',
    without: 'read page by page where a page of a large entry is in the swap cache',
    violates: ShmemCompletes.name,
    properties: [...safe, ShmemCompletes],
    fairness: going,
    run: [read({ index: 1, once: false })],
    init: sync(tailCached),
    bounds: two,
    unreachable: {
      ...noIo,
      'nothing is found in the swap cache': ['shmem_get_folio_gfp.xa_get_order_cached'],
      'the pages are read one by one': ['shmem_get_folio_gfp.workingset_refault', 'shmem_get_folio_gfp.swap_read_folio'],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
    },
    broken: [7, 8, 7],
    counts: [16, 16, 16],
  },
  'shmem-large-order': {
    title: 'A file is truncated while its large entry is split for a page that is read by itself',
    without: 'look at the order of an entry under xa_lock in shmem_free_swap',
    violates: 'ShmemEntryCounted',
    properties: safe,
    run: [truncate, split({ index: 2 })],
    init: outLarge,
    bounds: two,
    unreachable: {
      ...noIo,
      'the order is looked at under the lock': ['shmem_undo_range.xa_get_order'],
      'nothing is in the swap cache': ['shmem_undo_range.__try_to_reclaim_swap'],
    },
    broken: [20, 23, 7],
    counts: [17, 22, 8],
  },
}

const held: Readonly<Record<string, Pair>> = {
  'shmem-vs-truncate': {
    title: 'A large shmem entry is read page by page while the file is truncated',
    properties: [...safe, ShmemCompletes],
    fairness: going,
    run: [read({ index: 1, once: false }), read({ index: 2, once: false }), truncate],
    init: outLarge,
    bounds: two,
    unreachable: {
      ...noIo,
      'the device answers later': [
        'shmem_get_folio_gfp.swapcache_prepare',
        'shmem_get_folio_gfp.non_swapcache_batch',
        'shmem_get_folio_gfp.workingset_refault',
        'shmem_get_folio_gfp.swap_read_folio',
      ],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
      'the order is looked at under the lock': ['shmem_undo_range.xa_get_order'],
    },
    counts: [4_261, 11_313, 35],
  },
  'shmem-direct-vs-truncate': {
    title: 'A large shmem entry is read past the swap cache while the file is truncated',
    properties: [...safe, ShmemCompletes],
    fairness: going,
    run: [read({ index: 1, once: false }), read({ index: 2, once: false }), truncate],
    init: sync(outLarge),
    bounds: two,
    unreachable: {
      ...noIo,
      'nothing is found in the swap cache': ['shmem_get_folio_gfp.xa_get_order_cached'],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
      'the order is looked at under the lock': ['shmem_undo_range.xa_get_order'],
    },
    counts: [9_527, 26_052, 47],
  },
  'shmem-swapoff-vs-truncate': {
    title: 'swapoff brings in the pages of a file that is read and truncated',
    properties: [...safe, ShmemSwapoffTerminates],
    fairness: going,
    run: [read({ index: 2, once: false }), swapoff, truncate],
    init: outLarge,
    bounds: two,
    unreachable: {
      ...noIo,
      'the device answers later': [
        'shmem_get_folio_gfp.swapcache_prepare',
        'shmem_get_folio_gfp.non_swapcache_batch',
        'shmem_get_folio_gfp.workingset_refault',
        'shmem_get_folio_gfp.swap_read_folio',
      ],
      'every page can be read': ['shmem_get_folio_gfp.shmem_set_folio_swapin_error'],
      'the order is looked at under the lock': ['shmem_undo_range.xa_get_order'],
    },
    counts: [13_309, 36_511, 48],
  },
}

export const scenarios = [...pairScenarios(held), ...protectionPairs(list)]
