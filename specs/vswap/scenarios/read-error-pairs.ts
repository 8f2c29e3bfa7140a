/** A read that fails, where the page is faulted in: the fault ends in SIGBUS, and others find the folio that holds nothing. */
import { process } from '../../../checker/index.js'
import { direct_read_error, read_error } from '../read-error.js'
import type { State } from '../state.js'
import { swapoff } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { user_store } from '../user-store.js'
import { fault, reclaim, swappedOut, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  entryStays,
  freeSwapCache,
  noCacheHit,
  noRead,
  noReclaim,
  nothingToFree,
  pinned,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
} from './unreachable.js'
import { watched } from './watched-device.js'

const readError = process('read error', read_error)({})
const directReadError = process('read error', direct_read_error)({})
const store = process('store', user_store)
const off = process('swapoff', swapoff)({ type: 1, again: false })
const write = fault({ pte: 1, write: true })

const out = (ptes: number) => (s: State) => swappedOut(s, ptes)

export const readErrorPairs = {
  'read-error-vs-fault': {
    title: 'A page that is faulted in cannot be read',
    run: [write, readError],
    init: out(1),
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      ...entryIsRead,
    },
    counts: [183, 371, 78],
  },
  'read-error-vs-direct': {
    title: 'A page that is read past the swap cache cannot be read',
    run: [write, directReadError],
    init: (s) => {
      s.SWP_SYNCHRONOUS_IO = true
      out(1)(s)
    },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noRead,
      ...noReclaim,
      ...pinned,
      ...noCacheHit,
      ...nothingToFree,
      'the device is synchronous, and the PTE holds the one reference': [
        'do_swap_page.swapin_readahead',
        'read_swap_cache_async.*',
        '__read_swap_cache_async.*',
        'vswap_folio_backed.*',
      ],
    },
    counts: [142, 207, 65],
  },
  'read-error-fault-fault': {
    title: 'Two owners fault on a page that cannot be read, or can the second time',
    run: [write, fault({ pte: 2, write: false }), readError],
    init: out(2),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...entryStays,
    },
    counts: [13_388, 37_703, 108],
  },
  'read-error-fault-reclaim': {
    title: 'Reclaim takes the folio of a page that cannot be read',
    run: [write, reclaim({}), readError],
    init: out(1),
    unreachable: {
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...slotsSuffice,
      ...stillSwapped,
      ...entryIsRead,
    },
    counts: [13_319, 42_361, 227],
  },
  'read-error-fault-zap': {
    title: 'A page that cannot be read is unmapped',
    run: [write, zap({ pte: 1 }), readError],
    init: out(1),
    unreachable: {
      ...swapfileOnly('fault', 'zap'),
      ...noReclaim,
      ...asynchronous,
      ...pinned,
      ...noCacheHit,
      'a fault to write takes a folio that it maps alone out of the swap cache': freeSwapCache,
    },
    counts: [3_486, 9_881, 103],
  },
  'read-error-store': {
    title: 'One of two owners stores to a page that cannot be read',
    run: [store({ pte: 1 }), readError],
    init: out(2),
    bounds: { pte: 2 },
    unreachable: {
      ...swapfileOnly('store'),
      ...noReclaim,
      ...asynchronous,
      ...entryIsRead,
      'nobody else puts a folio in the swap cache': ['filemap_get_folio.folio_try_get', 'filemap_get_folio.xas_reload'],
      'the PTE that is written to stays mapped, and the other holds the entry': [
        'rcu_do_batch',
        'do_wp_page.pte_unmap_unlock',
        'store/folio_free_swap.folio_ref_sub',
        'store/swapcache_clear.*',
        'store/vswap_free.*',
        'store/release_backing.*',
        'store/vswap_free_nr_any_cache_only.rcu_read_unlock',
      ],
    },
    counts: [209, 407, 99],
  },
} satisfies Readonly<Record<string, Pair>>

const ofSwapoff = {
  'read-error-fault-swapoff': {
    title: 'A page that cannot be read is faulted in while the device is switched off',
    run: [write, off, readError],
    init: watched(out(1)),
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...staysOff,
      ...asynchronous,
      ...pinned,
    },
    counts: [28_618, 86_637, 130],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = [...pairScenarios(readErrorPairs), ...pairScenarios(ofSwapoff, swapoffProperties)]
