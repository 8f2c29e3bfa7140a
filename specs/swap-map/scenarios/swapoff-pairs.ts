/** swapoff against whoever takes slots, gives them back, or looks at them: family A3 of the corpus. */
import { type Id, known, type Scenario, scenario } from '../../../checker/index.js'
import { clear_pte } from '../clear-pte.js'
import { in_turn } from '../in-turn.js'
import type { State } from '../state.js'
import {
  fault,
  inSwapCache,
  mapped,
  readahead,
  reclaim,
  swap_map,
  swapoff,
  swapon,
  swappedOut,
  swappedOutSynchronously,
  truncate,
  watchDevices,
  zap,
} from '../swap-map.js'
import { type Protection, protectionPairs } from './pair.js'
import {
  asynchronous,
  freesNoSwap,
  noReclaim,
  nothingLeftInCache,
  nothingToRead,
  readsWhatIsThere,
  swapoffOfThis,
  synchronous,
  unwatchedAllocation,
} from './unreachable.js'
import { unreachableOf } from './zswap-unreachable.js'

const first = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[0] ?? 0)
const second = <N extends string>(ids: readonly Id<N>[]): Id<N> => known(ids[1] ?? 0)
const read = (pte: number) => fault({ pte, write: false })
const off = swapoff({ type: 1 })

/** Slot 2 is on the second device. */
function twoDevices(s: State): void {
  s.swp_type[second(s.swap_map.ids)] = second(s.swap_info.ids)
}

const list: Readonly<Record<string, Protection>> = {
  'swapoff-other-entry': {
    title:
      'swapoff waits for the lock of a folio that goes out again to another device, and deletes it from the swap cache before it is written',
    without: 'drop the swap cache in swapoff of a folio that nothing holds alone',
    violates: 'BackingLive',
    run: [off, in_turn('others', fault({ pte: 1, write: true }), reclaim({}))],
    init(s) {
      swappedOut(s, 1)
      s.mem_cgroup_swap_full = true
      twoDevices(s)
      s.swap_info[second(s.swap_info.ids)].prio = 1
      watchDevices(s)
    },
    bounds: { entry: 2, device: 2 },
    unreachable: {
      ...swapoffOfThis,
      ...asynchronous,
      ...nothingLeftInCache,
      'the fault waits for swapoff to map its page, or maps it itself': ['do_swap_page.out_nomap'],
    },
    broken: [8_961, 17_224, 94],
    counts: [12_465, 24_339, 135],
  },
  'swapin-vs-swapoff': {
    title: 'A fault looks at the entry of a device that swapoff has torn down',
    without: 'hold the device of an entry that is faulted on',
    violates: 'NoUseAfterFree',
    run: [off, read(1)],
    init(s) {
      swappedOut(s, 1)
      s.device.static_swapper_spaces = true
      watchDevices(s)
    },
    unreachable: {
      ...swapoffOfThis,
      ...asynchronous,
      ...noReclaim,
      ...freesNoSwap('fault'),
      'the fault drops no slot': ['fault/swap_entry_range_free.*'],
      'the fault waits for swapoff to map its page, or maps it itself': ['do_swap_page.out_nomap'],
    },
    broken: [4_150, 7_968, 67],
    counts: [4_423, 8_530, 94],
  },
  'direct-read-vs-swapoff': {
    title: 'A fault reads past the swap cache from a device that swapoff has torn down',
    without: 'hold the device across a direct read',
    violates: 'NoUseAfterFree',
    run: [off, read(1)],
    init(s) {
      swappedOutSynchronously(s, 1)
      watchDevices(s)
    },
    unreachable: {
      ...swapoffOfThis,
      ...synchronous,
      ...freesNoSwap('fault'),
      'the fault finds the page in the swap cache, or reads it past the swap cache': [
        'fault/__read_swap_cache_async.swapcache_prepare',
        'fault/__read_swap_cache_async.prepared',
        'fault/__read_swap_cache_async.add_to_swap_cache',
        'fault/__read_swap_cache_async.folio_add_lru',
        'fault/read_swap_cache_async.got_folio',
      ],
      'nobody but swapoff puts a page into the swap cache': [
        'swapoff/filemap_get_folio.folio_try_get',
        'swapoff/filemap_get_folio.xas_reload',
        'try_to_unuse.folio_wait_writeback_of_cache',
      ],
      'SWAP_HAS_CACHE keeps the PTE as it was': ['do_swap_page.out_nomap'],
      'swapoff drops its count while the folio is in the swap cache': ['swapoff/cluster_swap_free_nr.unlock_cluster'],
    },
    broken: [3_358, 6_249, 63],
    counts: [3_835, 7_232, 91],
  },
  'free-swap-and-cache-vs-swapoff': {
    title:
      'Who frees an entry of a large folio has dropped its count, and looks at swap_map when another has freed the folio and swapoff is over',
    without: 'hold the device until the swap cache is looked at',
    violates: 'NoUseAfterFree',
    run: [truncate({ entry: 1 }), zap({ pte: 2 }), off],
    init(s) {
      largeInSwapCache(s)
      takenOutOfFile(s, first(s.pte.ids))
      s.pte[second(s.pte.ids)].exiting = true
      watchDevices(s)
    },
    bounds: { entry: 2, pte: 2 },
    unreachable: {
      ...swapoffOfThis,
      ...noReclaim,
      ...nothingToRead,
      'the folio is in the swap cache until the last count is dropped': [
        '__swap_entry_free.unlock_cluster',
        'put_swap_folio.__swap_entry_free_locked',
      ],
      'no PTE maps the folio': ['zap/free_swap_cache.*', 'zap/folio_free_swap.*', 'zap/folio_swapped.*', 'zap_pte_range.folios_put_refs'],
    },
    broken: [17_570, 47_837, 44],
    counts: [21_255, 59_557, 61],
  },
  'avail-list-vs-swapoff': {
    title: 'A full device gets a free slot, and is put back on the list of those to take slots from while swapoff takes it off',
    without: 'leave the avail list with SWP_WRITEOK',
    violates: 'AvailListClean',
    run: [off, zap({ pte: 1 })],
    init(s) {
      swappedOut(s, 1)
      watchDevices(s)
    },
    unreachable: {
      ...swapoffOfThis,
      ...noReclaim,
      ...nothingLeftInCache,
      'swapoff alone puts the page into the swap cache, and takes it out': [
        'swapoff/filemap_get_folio.folio_try_get',
        'swapoff/filemap_get_folio.xas_reload',
        'zap/folio_free_swap.delete_from_swap_cache',
        'zap/folio_free_swap.folio_set_dirty',
        'zap/folio_swapped.*',
        'put_swap_folio.__swap_entry_free_locked',
        'cluster_swap_free_nr.unlock_cluster',
      ],
    },
    broken: [69, 110, 11],
    counts: [755, 1_379, 62],
  },
  'allocation-vs-swapoff': {
    title: 'A slot is taken from a device that swapoff has found to be empty',
    without: 'look at SWP_WRITEOK again once the cluster is locked',
    violates: 'SwapoffClean',
    run: [off, reclaim({})],
    init(s) {
      mapped(s, first(s.pte.ids), first(s.folio.ids))
      watchDevices(s)
    },
    unreachable: {
      ...swapoffOfThis,
      ...readsWhatIsThere,
      'swapoff drops its count while the folio is in the swap cache': ['swapoff/cluster_swap_free_nr.unlock_cluster'],
      'a PTE holds the entry whenever reclaim asks': [
        'reclaim/folio_free_swap.folio_set_dirty',
        'reclaim/delete_from_swap_cache.*',
        'reclaim/swap_entry_range_free.*',
      ],
    },
    broken: [283, 509, 21],
    counts: [1_247, 2_260, 99],
  },
  'vma-readahead-vs-swapoff': {
    title: 'A fault on one device reads ahead an entry of another device, which swapoff has torn down',
    without: 'hold the device of an entry that is read ahead',
    violates: 'NoUseAfterFree',
    run: [readahead({ pte: 2, neighbour: 1 }), off],
    init(s) {
      swappedOut(s, 1)
      swappedOutTo(s, second(s.pte.ids), second(s.swap_map.ids))
      twoDevices(s)
      watchDevices(s)
    },
    bounds: { entry: 2, device: 2, pte: 2 },
    unreachable: {
      ...swapoffOfThis,
      ...noReclaim,
      ...nothingLeftInCache,
      'swapoff drops its count while the folio is in the swap cache': ['cluster_swap_free_nr.unlock_cluster'],
    },
    broken: [2_684, 5_240, 61],
    counts: [2_997, 5_918, 78],
  },
  'reclaim-swap-recount': {
    title: 'A process that exits drops the last count of an entry, and then the swap cache, when reclaim has counted another PTE for it',
    without: 'recheck swap_map once the folio is locked in __try_to_reclaim_swap',
    violates: 'BackingLive',
    run: [zap({ pte: 1 }), reclaim({})],
    init: mappedTwice,
    bounds: { pte: 2 },
    unreachable: {
      ...unwatchedAllocation,
      'nothing is read': ['end_swap_bio_read'],
      'a PTE holds the entry to the end': [
        '__swap_entry_free.unlock_cluster',
        '__try_to_reclaim_swap.folio_set_dirty',
        'folio_free_swap.folio_set_dirty',
        'delete_from_swap_cache.*',
        'zap/put_swap_folio.*',
        'swap_entry_range_free.map',
      ],
    },
    broken: [576, 1_036, 45],
    counts: [806, 1_534, 58],
  },
  'swapon-reuses-swap-info': {
    title: 'swapon takes the structure of a device that swapoff is still tearing down',
    without: 'clear SWP_USED last',
    violates: 'DeviceWhole',
    run: [off, swapon({ type: 1 })],
    init: watchDevices,
    unreachable: {
      ...swapoffOfThis,
      ...noReclaim,
      ...nothingToRead,
      ...nothingLeftInCache,
      'no page is out': [
        'try_to_unuse.folio_free_swap',
        'try_to_unuse.folio_unlock',
        'try_to_unuse.folio_put',
        'filemap_get_folio.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'delete_from_swap_cache.*',
        'put_swap_folio.*',
        'swap_entry_range_free.*',
      ],
    },
    broken: [37, 50, 15],
    counts: [29, 40, 16],
  },
}

/** The page of the PTE is in the slot. */
function swappedOutTo(s: State, pte: Id<'pte'>, entry: Id<'entry'>): void {
  s.swap_map[entry].count = 1
  s.medium[entry] = 1
  Object.assign(s.pte[pte], { kind: 'swap', entry, exclusive: true, stored: 1 })
}

/** A folio of two pages is in the swap cache, and each of two PTEs holds the entry of one. */
function largeInSwapCache(s: State): void {
  inSwapCache(s, 1)
  const [head, tail, entry] = [first(s.folio.ids), second(s.folio.ids), second(s.swap_map.ids)]
  swappedOutTo(s, second(s.pte.ids), entry)
  s.swap_map[entry].SWAP_HAS_CACHE = true
  s.swapper_space[entry] = head
  s.folio[head]._refcount = 2
  Object.assign(s.folio[tail], { life: 'live', compound_head: head, data: 1 })
}

/** What the PTE has is in a file instead, shmem_free_swap() has taken it out of there, and the count is in flight. */
function takenOutOfFile(s: State, pte: Id<'pte'>): void {
  s.in_flight[known(s.pte[pte].entry)] = 1
  clear_pte(s.pte[pte])
}

/** A parent and its child map one page, and neither may write to it. */
function mappedTwice(s: State): void {
  const [parent, child, folio] = [first(s.pte.ids), second(s.pte.ids), first(s.folio.ids)]
  mapped(s, parent, folio)
  s.pte[parent].writable = false
  Object.assign(s.pte[child], { kind: 'present', folio, dirty: true, stored: 1 })
  Object.assign(s.folio[folio], { _refcount: 2, _mapcount: 2, anon_exclusive: false })
}

/** The same without the protection, where both exit: the page table lock is a reader of RCU, and swapoff waits for it. */
const exits = scenario(swap_map, {
  name: 'free-swap-and-cache-of-exit',
  title: 'Two processes that exit free entries of a large folio, and hold their page table locks; the device is not held',
  without: ['hold the device until the swap cache is looked at'],
  run: [zap({ pte: 1 }), zap({ pte: 2 }), off],
  init(s) {
    largeInSwapCache(s)
    for (const id of s.pte.ids) s.pte[id].exiting = true
    watchDevices(s)
  },
  bounds: { entry: 2, pte: 2 },
  unreachable: { ...list['free-swap-and-cache-vs-swapoff']?.unreachable, ...unreachableOf([zap({ pte: 1 }), off], undefined, false) },
  expect: { verdict: 'holds', distinct: 24_732, generated: 69_742, depth: 62 },
})

export const scenarios: readonly Scenario[] = [...protectionPairs(list), exits]
