/** swapoff against each process that can meet it on an entry or on the device, and two of them at once. */
import { type Id, known, process, type Scenario, scenario } from '../../checker/index.js'
import type { Pair } from './pairs.js'
import { read_error } from './read-error.js'
import { type State, SWAP_COUNT_INC } from './state.js'
import { send_signal, swapoff as swapoff_syscall } from './swapoff.js'
import { swapoffProperties } from './swapoff-properties.js'
import { asynchronous, forkOfSwapped, nobodyElseFaults, noReclaim, pinned, zapOfSwapped } from './unreachable.js'
import { fault, fork, inSwapCache, mapped, reclaim, swappedOut, vswap, zap } from './vswap.js'

const swapoff = process('swapoff', swapoff_syscall)
const signal = process('signal', send_signal)
const readError = process('read error', read_error)
const off = swapoff({ again: false })
const offAndOn = swapoff({ again: true })
const read = fault({ pte: 1, write: false })
const write = fault({ pte: 1, write: true })

/** The device is switched on, and somebody may take it away. */
function watched(start: (s: State) => void, synchronous = false): (s: State) => void {
  return (s) => {
    s.SWP_SYNCHRONOUS_IO = synchronous
    start(s)
    const inuse_pages = s.swap_map.ids.filter((slot) => s.swap_map[slot] !== '0').length
    Object.assign(s.device, { watched: true, life: 'live', SWP_WRITEOK: true, avail: true, inuse_pages, swap_slot_cache_enabled: true })
    s.device.users.live = true
  }
}
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

const staysOff = { 'the device is not switched on again': ['swapoff.percpu_ref_resurrect', 'swapoff.enable_swap_info'] }
const entryAndFolioStay = {
  'nobody frees the entry, or takes the folio out of the swap cache, under swapoff': [
    'try_to_unuse.no_folio',
    'try_to_unuse.unlock_to_retry',
    'try_to_unuse.put_to_retry',
  ],
}
const nothingFreed = { 'a PTE or the swap cache holds the entry to the end': ['rcu_do_batch'] }
const directReads = {
  'the device is synchronous, and the PTE holds the one reference until its own fault drops it': [
    'do_swap_page.swapin_readahead',
    'do_swap_page.out_nomap',
    'fault/read_swap_cache_async.*',
  ],
}
const slotOfNobody = {
  'a PTE holds an entry that has a slot': [
    'reclaim/folio_free_swap.folio_ref_sub',
    'reclaim/swapcache_clear.rcu_read_unlock',
    'reclaim/vswap_free.swap_slot_free_nr',
  ],
}
const readLeavesCache = { 'a fault to read leaves the swap cache as it is': ['fault/folio_free_swap.*', 'fault/folio_swapped.*'] }

const neverWritten = {
  'the page is clean and has a slot, or is dirty and has none': [
    'reclaim/shrink_folio_list.unlock_writeback',
    'shrink_folio_list.submit_bio',
    'shrink_folio_list.page_success',
    'shrink_folio_list.page_success_dirty',
    'shrink_folio_list.page_success_trylock',
    'shrink_folio_list.page_success_locked',
  ],
}
const reclaimOfUnmapped = {
  'the page is in the swap cache, not mapped, and a PTE holds its entry': [
    'shrink_folio_list.added',
    'add_to_swap.*',
    'folio_alloc_swap.*',
    'vswap_alloc.*',
    'try_to_unmap.*',
    'swap_duplicate.*',
    'folio_free_swap.folio_ref_sub',
    'swapcache_clear.rcu_read_unlock',
    'vswap_free.*',
  ],
}

export const swapoffPairs = {
  swapoff: {
    title: 'A device with one page is switched off, and on again',
    run: [offAndOn],
    init: watched(out),
    unreachable: { ...noReclaim, ...nothingFreed, ...entryAndFolioStay },
    counts: [65, 76, 54],
  },
  'swapoff-vs-signal': {
    title: 'swapoff is interrupted',
    run: [off, signal({})],
    init: watched(out),
    unreachable: { ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay },
    counts: [139, 224, 53],
  },
  'swapoff-two-pages': {
    title: 'swapoff of a device with two pages, one of which is unmapped, is interrupted',
    run: [offAndOn, zap({ pte: 2 }), signal({})],
    init: watched(outTwice),
    bounds: { entry: 2, desc: 2, slot: 2, pte: 2 },
    unreachable: { ...noReclaim, ...zapOfSwapped },
    counts: [12_536, 35_990, 124],
  },
  'swapoff-vs-direct': {
    title: 'swapoff and a direct read: "The swap device we are looking up here might be outdated by the time we return" (patch 12)',
    run: [off, write],
    init: watched(out, true),
    unreachable: { ...noReclaim, ...staysOff, ...pinned, ...directReads },
    counts: [8_594, 18_039, 110],
  },
  'swapoff-out-of-memory': {
    title: 'The one free page goes to swapoff or to a direct read',
    run: [off, write],
    init: watched(out, true),
    bounds: { folio: 1 },
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...pinned,
      ...directReads,
      'a fault that has a page finds the swap cache empty': ['do_swap_page.out_page', 'do_swap_page.out_release'],
    },
    counts: [4_170, 8_630, 91],
  },
  'swapoff-vs-cached': {
    title: 'swapoff and a fault, through the swap cache',
    run: [off, write],
    init: watched(out),
    unreachable: { ...noReclaim, ...staysOff, ...asynchronous, ...pinned, ...nobodyElseFaults },
    counts: [9_270, 19_751, 107],
  },
  'swapoff-vs-reclaim': {
    title: 'swapoff while a page is taken out: "concurrent swappers might still be releasing physical swap slots..." (patch 16)',
    run: [offAndOn, reclaim({})],
    init: watched(mapped),
    unreachable: { ...entryAndFolioStay, ...slotOfNobody },
    counts: [3_788, 7_433, 97],
  },
  'swapoff-vs-swapcache': {
    title: 'swapoff and reclaim of a page in the swap cache: "so that reclaimers will try to page it out again" (patch 16)',
    run: [off, reclaim({})],
    init: watched(cached),
    unreachable: {
      ...noReclaim,
      ...nothingFreed,
      ...staysOff,
      ...entryAndFolioStay,
      ...neverWritten,
      ...reclaimOfUnmapped,
    },
    counts: [875, 1_620, 65],
  },
  'swapoff-vs-zap': {
    title: 'swapoff while the page is unmapped',
    run: [off, zap({ pte: 1 })],
    init: watched(out),
    unreachable: { ...noReclaim, ...staysOff, ...zapOfSwapped },
    counts: [2_628, 5_614, 83],
  },
  'swapoff-vs-read-error': {
    title: 'swapoff of a device that cannot be read',
    run: [off, readError({})],
    init: watched(out),
    unreachable: { ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay },
    counts: [144, 290, 53],
  },
  'swapoff-plug': {
    title: 'swapoff of a swap file with SWP_FS_OPS, while reclaim drops the page between its two rounds',
    run: [off, reclaim({})],
    init(s) {
      s.device.SWP_FS_OPS = true
      watched(out)(s)
    },
    unreachable: { ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay, ...neverWritten, ...reclaimOfUnmapped },
    counts: [642, 1_240, 76],
  },
  'swapoff-vs-fork': {
    title: 'swapoff while the owner of the page forks',
    run: [off, fork({ src_pte: 1, dst_pte: 2 })],
    init: watched(out),
    bounds: { pte: 2 },
    unreachable: { ...noReclaim, ...nothingFreed, ...staysOff, ...entryAndFolioStay, ...forkOfSwapped },
    counts: [641, 1_317, 61],
  },
  'swapoff-fault-zap': {
    title: 'swapoff, a fault and zap: "Concurrent swap operations might … invalidate the originally obtained virtual swap slot" (patch 16)',
    run: [off, read, zap({ pte: 1 })],
    init: watched(out),
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...asynchronous,
      ...pinned,
      ...readLeavesCache,
      'it has no pin to give back': ['fault/swapcache_clear.*', 'fault/vswap_free.*'],
    },
    counts: [235_448, 718_797, 126],
  },
  'swapoff-direct-zap': {
    title: 'swapoff, a direct read and zap',
    run: [off, read, zap({ pte: 1 })],
    init: watched(out, true),
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...pinned,
      ...readLeavesCache,
      'whoever finds no single reference finds the entry gone or in the swap cache': [
        'fault/read_swap_cache_async.add_to_swap_cache',
        'fault/read_swap_cache_async.swap_read_folio',
        'fault/read_swap_cache_async.submit_bio',
      ],
    },
    counts: [299_357, 916_681, 128],
  },
  'swapoff-fault-reclaim': {
    title: 'swapoff, a fault and reclaim: "we must retry the physical -> virtual lookup" (patch 16)',
    run: [off, write, reclaim({})],
    init: watched(cached),
    unreachable: { ...staysOff, ...asynchronous, ...pinned, ...nobodyElseFaults, ...slotOfNobody },
    counts: [266_250, 820_587, 180],
  },
  'swapoff-reclaim-zap': {
    title: 'swapoff while a page is taken out and unmapped, with two slots',
    run: [off, reclaim({}), zap({ pte: 1 })],
    init: watched(mapped),
    bounds: { entry: 2, desc: 3, slot: 2 },
    unreachable: staysOff,
    counts: [116_382, 338_030, 125],
  },
  'swapoff-fork-zap': {
    title: 'swapoff while one owner of the entry forks and another unmaps',
    run: [off, fork({ src_pte: 1, dst_pte: 3 }), zap({ pte: 2 })],
    init: watched((s) => swappedOut(s, 2)),
    bounds: { pte: 3 },
    unreachable: {
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
    counts: [6_512, 19_184, 70],
  },
  'swapoff-swapcache-zap': {
    title: 'swapoff while reclaim drops the page and its owner unmaps it',
    run: [off, reclaim({}), zap({ pte: 1 })],
    init: watched(cached),
    unreachable: {
      ...noReclaim,
      ...staysOff,
      ...zapOfSwapped,
      'the page is clean and has a slot, or is dirty and has none': [
        'shrink_folio_list.unlock_writeback',
        'shrink_folio_list.submit_bio',
        'shrink_folio_list.page_success_trylock',
        'shrink_folio_list.page_success_locked',
      ],
      'nothing maps the page': ['try_to_unmap.*', 'swap_duplicate.*'],
    },
    counts: [75_004, 229_292, 95],
  },
  'swapoff-reclaim-fork': {
    title: 'swapoff and swapon while a page is taken out and its owner forks',
    run: [offAndOn, reclaim({}), fork({ src_pte: 1, dst_pte: 2 })],
    init: watched(mapped),
    bounds: { pte: 2 },
    unreachable: { ...entryAndFolioStay, ...slotOfNobody },
    counts: [37_959, 106_590, 108],
  },
  'swapoff-reclaim-signal': {
    title: 'swapoff is interrupted while a page is taken out',
    run: [off, reclaim({}), signal({})],
    init: watched(mapped),
    unreachable: { ...staysOff, ...entryAndFolioStay, ...slotOfNobody },
    counts: [7_514, 18_436, 96],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = Object.entries(swapoffPairs as Readonly<Record<string, Pair>>).map(
  ([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, properties: swapoffProperties, expect: { verdict: 'holds', distinct, generated, depth } })
  },
)
