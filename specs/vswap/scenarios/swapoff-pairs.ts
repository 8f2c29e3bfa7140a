/** swapoff against each process that can meet it on an entry or on the device, and two of them at once. */

import { type Id, known, process, type Scenario } from '../../../checker/index.js'
import { read_error } from '../read-error.js'
import { type State, SWAP_COUNT_INC } from '../state.js'
import { send_signal, swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { fault, fork, inSwapCache, mapped, reclaim, swappedOut, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  directReads,
  entryAndFolioStay,
  neverWritten,
  nothingFreed,
  readLeavesCache,
  reclaimOfUnmapped,
  slotOfNobody,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  forkOfSwapped,
  nobodyElseFaults,
  noReclaim,
  pinned,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const swapoff = process('swapoff', swapoff_syscall)
const signal = process('signal', send_signal)
const readError = process('read error', read_error)
const off = swapoff({ type: 1, again: false })
const offAndOn = swapoff({ type: 1, again: true })
const read = fault({ pte: 1, write: false })
const write = fault({ pte: 1, write: true })

const out = (s: State) => swappedOut(s, 1)
/** Two pages, each with an entry, a slot and a PTE of its own. */
function outTwice(s: State): void {
  out(s)
  const [entry, desc, slot, pte] = [second(s.vswap_map.ids), second(s.desc.ids), second(s.swap_map.ids), second(s.pte.ids)]
  s.vswap_map[entry] = desc
  s.vswap_rmap[slot] = entry
  Object.assign(s.desc[desc], { life: 'live', slot, swap_refs: SWAP_COUNT_INC })
  s.swap_map[slot] = 'SWAP_MAP_ALLOCATED'
  s.medium[slot] = 2
  Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 2 })
}
const second = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[1] ?? 0)
const cached = (s: State) => inSwapCache(s, 1)

export const swapoffPairs = {
  swapoff: {
    title: 'A device with one page is switched off, and on again',
    run: [offAndOn],
    init: watched(out),
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...noReclaim, ...nothingFreed, ...entryAndFolioStay },
    counts: [83, 98, 68],
  },
  'swapoff-vs-signal': {
    title: 'swapoff is interrupted',
    run: [off, signal({})],
    init: watched(out),
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay },
    counts: [175, 286, 67],
  },
  'swapoff-two-pages': {
    title: 'swapoff of a device with two pages, one of which is unmapped, is interrupted',
    run: [offAndOn, zap({ pte: 2 }), signal({})],
    init: watched(outTwice),
    bounds: { entry: 2, desc: 2, slot: 2, pte: 2 },
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...swapfileOnly('zap'), ...noReclaim, ...zapOfSwapped },
    counts: [17_909, 51_490, 154],
  },
  'swapoff-vs-direct': {
    title: 'swapoff and a direct read: "The swap device we are looking up here might be outdated by the time we return" (patch 12)',
    run: [off, write],
    init: watched(out, true),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault'),
      'no fault reads through the swap cache': ['fault/read_swap_cache_async.*', 'fault/vswap_folio_backed.*'],
      ...noReclaim,
      ...staysOff,
      ...pinned,
      ...directReads,
    },
    counts: [11_813, 24_762, 132],
  },
  'swapoff-out-of-memory': {
    title: 'The one free page goes to swapoff or to a direct read',
    run: [off, write],
    init: watched(out, true),
    bounds: { folio: 1 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault'),
      'no fault reads through the swap cache': ['fault/read_swap_cache_async.*', 'fault/vswap_folio_backed.*'],
      ...noReclaim,
      ...staysOff,
      ...pinned,
      ...directReads,
      'a fault that has a page finds the swap cache empty': ['do_swap_page.out_page', 'do_swap_page.out_release'],
    },
    counts: [5_902, 12_186, 110],
  },
  'swapoff-vs-cached': {
    title: 'swapoff and a fault, through the swap cache',
    run: [off, write],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...staysOff,
      ...asynchronous,
      ...pinned,
      ...nobodyElseFaults,
    },
    counts: [13_142, 27_938, 129],
  },
  'swapoff-vs-reclaim': {
    title: 'swapoff while a page is taken out: "concurrent swappers might still be releasing physical swap slots..." (patch 16)',
    run: [offAndOn, reclaim({})],
    init: watched(mapped),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'the PTE holds its entry to the end, and when reclaim looks': ['rcu_do_batch', 'reclaim/swap_writepage.folio_unlock'],
      ...entryAndFolioStay,
      ...slotOfNobody,
    },
    counts: [2_338, 4_411, 133],
  },
  'swapoff-vs-swapcache': {
    title: 'swapoff and reclaim of a page in the swap cache: "so that reclaimers will try to page it out again" (patch 16)',
    run: [off, reclaim({})],
    init: watched(cached),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'a folio that has no slot gets none from the device that is switched off': [
        'reclaim/swap_writepage.written',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/vswap_alloc_swap_slot.xa_insert',
        'reclaim/vswap_alloc_swap_slot.write_lock',
        '__swap_writepage.*',
      ],
      ...noReclaim,
      ...nothingFreed,
      ...staysOff,
      ...entryAndFolioStay,
      ...neverWritten,
      ...reclaimOfUnmapped,
    },
    counts: [1_239, 2_285, 84],
  },
  'swapoff-vs-zap': {
    title: 'swapoff while the page is unmapped',
    run: [off, zap({ pte: 1 })],
    init: watched(out),
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...swapfileOnly('zap'), ...noReclaim, ...staysOff, ...zapOfSwapped },
    counts: [3_641, 7_729, 99],
  },
  'swapoff-vs-read-error': {
    title: 'swapoff of a device that cannot be read',
    run: [off, readError({})],
    init: watched(out),
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay },
    counts: [184, 374, 67],
  },
  'swapoff-plug': {
    title: 'swapoff of a swap file with SWP_FS_OPS, while reclaim drops the page between its two rounds',
    run: [off, reclaim({})],
    init(s) {
      s.device.SWP_FS_OPS = true
      watched(out)(s)
    },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'a folio that has no slot gets none from the device that is switched off': [
        'reclaim/swap_writepage.written',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/vswap_alloc_swap_slot.xa_insert',
        'reclaim/vswap_alloc_swap_slot.write_lock',
        '__swap_writepage.*',
      ],
      ...noReclaim,
      ...nothingFreed,
      ...staysOff,
      ...entryAndFolioStay,
      ...neverWritten,
      ...reclaimOfUnmapped,
    },
    counts: [985, 1_895, 103],
  },
  'swapoff-vs-fork': {
    title: 'swapoff while the owner of the page forks',
    run: [off, fork({ src_pte: 1, dst_pte: 2 })],
    init: watched(out),
    bounds: { pte: 2 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...noReclaim,
      ...nothingFreed,
      ...staysOff,
      ...entryAndFolioStay,
      ...forkOfSwapped,
    },
    counts: [821, 1_699, 75],
  },
  'swapoff-fault-zap': {
    title: 'swapoff, a fault and zap: "Concurrent swap operations might … invalidate the originally obtained virtual swap slot" (patch 16)',
    run: [off, read, zap({ pte: 1 })],
    init: watched(out),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault', 'zap'),
      'a fault for reading leaves the folio in the swap cache, and the entry to others': ['fault/release_backing.*'],
      ...noReclaim,
      ...staysOff,
      ...asynchronous,
      ...pinned,
      ...readLeavesCache,
      'it has no pin to give back': ['fault/swapcache_clear.*', 'fault/vswap_free.*'],
    },
    counts: [407_332, 1_243_208, 151],
  },
  'swapoff-direct-zap': {
    title: 'swapoff, a direct read and zap',
    run: [off, read, zap({ pte: 1 })],
    init: watched(out, true),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault', 'zap'),
      'no fault reads through the swap cache': ['fault/vswap_folio_backed.*'],
      ...noReclaim,
      ...staysOff,
      ...pinned,
      ...readLeavesCache,
      'whoever finds no single reference finds the entry gone or in the swap cache': [
        'fault/__read_swap_cache_async.add_to_swap_cache',
        'fault/__read_swap_cache_async.folio_add_lru',
      ],
    },
    counts: [493_822, 1_509_768, 151],
  },
  'swapoff-fault-reclaim': {
    title: 'swapoff, a fault and reclaim: "we must retry the physical -> virtual lookup" (patch 16)',
    run: [off, write, reclaim({})],
    init: watched(cached),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronousWrite,
      'the PTE holds its entry when reclaim looks': ['reclaim/swap_writepage.folio_unlock'],
      ...staysOff,
      ...asynchronous,
      ...pinned,
      ...nobodyElseFaults,
      ...slotOfNobody,
    },
    counts: [611_840, 1_855_091, 235],
  },
  'swapoff-reclaim-zap': {
    title: 'swapoff while a page is taken out and unmapped, with two slots',
    run: [off, reclaim({}), zap({ pte: 1 })],
    init: watched(mapped),
    bounds: { entry: 2, desc: 3, slot: 2 },
    unreachable: { ...swapoffReadsSlots, ...swapoffKeepsPin, ...swapfileOnly('reclaim', 'zap'), ...asynchronousWrite, ...staysOff },
    counts: [78_159, 222_208, 167],
  },
  'swapoff-fork-zap': {
    title: 'swapoff while one owner of the entry forks and another unmaps',
    run: [off, fork({ src_pte: 1, dst_pte: 3 }), zap({ pte: 2 })],
    init: watched((s) => swappedOut(s, 2)),
    bounds: { pte: 3 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('zap'),
      'swapoff alone releases a slot': ['release_backing.*'],
      ...noReclaim,
      ...nothingFreed,
      ...staysOff,
      ...entryAndFolioStay,
      ...forkOfSwapped,
      ...zapOfSwapped,
      'the PTEs of the fork hold the entry to the end': [
        'zap/vswap_free.*',
        'zap/vswap_free_nr_any_cache_only.rcu_read_unlock',
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'zap/vswap_swapcache_only.*',
        'zap/filemap_get_folio.*',
        'zap/folio_free_swap.*',
        'zap/folio_swapped.*',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [8_312, 24_624, 84],
  },
  'swapoff-swapcache-zap': {
    title: 'swapoff while reclaim drops the page and its owner unmaps it',
    run: [off, reclaim({}), zap({ pte: 1 })],
    init: watched(cached),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      'a folio that has no slot gets none from the device that is switched off, and one that was never mapped gets no entry': [
        'reclaim/shrink_folio_list.added',
        'add_to_swap.*',
        'folio_alloc_swap.*',
        'vswap_alloc.*',
        'reclaim/swap_writepage.written',
        'reclaim/vswap_alloc_swap_slot.xa_insert',
        'reclaim/vswap_alloc_swap_slot.write_lock',
        '__swap_writepage.*',
      ],
      ...noReclaim,
      ...staysOff,
      ...zapOfSwapped,
      'the page is clean and has a slot, or is dirty and has none': [
        '__swap_writepage.folio_unlock',
        '__swap_writepage.submit_bio',
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
      ],
      'nothing maps the page': ['try_to_unmap.*', 'swap_duplicate.*'],
    },
    counts: [59_754, 172_908, 112],
  },
  'swapoff-reclaim-fork': {
    title: 'swapoff and swapon while a page is taken out and its owner forks',
    run: [offAndOn, reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: watched(mapped),
    bounds: { pte: 2 },
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'the PTE holds its entry to the end, and when reclaim looks': ['rcu_do_batch', 'reclaim/swap_writepage.folio_unlock'],
      ...entryAndFolioStay,
      ...slotOfNobody,
    },
    counts: [23_355, 64_509, 144],
  },
  'swapoff-reclaim-signal': {
    title: 'swapoff is interrupted while a page is taken out',
    run: [off, reclaim({}), signal({})],
    init: watched(mapped),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...writtenOnce,
      'the PTE holds its entry to the end, and when reclaim looks': ['rcu_do_batch', 'reclaim/swap_writepage.folio_unlock'],
      ...staysOff,
      ...entryAndFolioStay,
      ...slotOfNobody,
    },
    counts: [4_443, 10_555, 132],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(swapoffPairs, swapoffProperties)
