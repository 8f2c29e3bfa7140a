/** Readahead by a fault on a PTE next to PTE 1, of the entry that PTE 1 holds, against each process that can meet it there. */
import { process } from '../../../checker/index.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { swap_vma_readahead } from '../vma-readahead.js'
import { compressed, fault, mapped, reclaim, swappedOut, zap, zswapShrinker } from '../vswap.js'
import { swappedOutAndMapped } from './backing-three-way.js'
import { lookedFor, nothingIsFreed, noZeroes, shrinkerFreesNoEntry, shrinkerGivesNothingUp, zapFindsNoSlot } from './backing-unreachable.js'
import { off } from './cross-processes.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { entryAndFolioStay, nothingFreed, staysOff, swapoffKeepsPin, swapoffReadsSlots } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  nobodyElseFaults,
  noReclaim,
  pinned,
  slotsSuffice,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'
import { watched } from './watched-device.js'

const readahead = process('vma readahead', swap_vma_readahead)({ start: 1, nr: 1 })
const unmap = zap({ pte: 1 })
const out = (s: State) => swappedOut(s, 1)
const inZswap = (s: State) => compressed(s, 1)

const keepsPin = {
  'an entry that a folio backs has it in the swap cache while anybody holds the entry: readahead gives no pin back': [
    'vma readahead/swapcache_clear.*',
    'vma readahead/vswap_free.*',
  ],
}
const readsSlots = {
  'zswap is off, and no page is zero-filled: readahead reads from the device': [
    'vma readahead/swap_read_folio.folio_unlock',
    'vma readahead/zswap_load.zswap_decompress',
    'vma readahead/zswap_load.zswap_entry_free',
    'vma readahead/zswap_load.folio_mark_dirty',
    'vma readahead/zswap_load.folio_mark_uptodate',
    'vma readahead/vswap_store_folio.*',
    'vma readahead/release_backing.*',
    'vma readahead/zswap_invalidate.*',
    'vma readahead/zswap_entry_free.*',
  ],
}
const loadsOnly = {
  'what is read ahead from zswap has no slot, and zswap_load() has the zswap entry out of the tree before release_backing() looks': [
    'vma readahead/release_backing.xa_erase',
    'vma readahead/release_backing.swap_slot_tryget_swap_info',
    'vma readahead/release_backing.swap_slot_free_nr',
    'vma readahead/release_backing.swap_slot_put_swap_info',
    'vma readahead/zswap_invalidate.zswap_entry_free',
  ],
}
const slotMeansCached = {
  'a page in a physical slot is in the swap cache, or there is none': [
    'end_swap_bio_read',
    'vma readahead/swap_read_folio.submit_bio',
    'vma readahead/swp_entry_to_swp_slot.*',
  ],
}
const alone = {
  'nobody else puts a folio in the swap cache': [
    'vma readahead/filemap_get_folio.folio_try_get',
    'vma readahead/filemap_get_folio.xas_reload',
  ],
}

export const vmaReadaheadPairs = {
  'vma-readahead-vs-fault': {
    title: 'The owner of a page faults on it while a fault next to it reads it ahead',
    run: [readahead, fault({ pte: 1, write: true })],
    init: out,
    unreachable: {
      ...keepsPin,
      ...readsSlots,
      ...swapfileOnly('fault'),
      ...noReclaim,
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
    },
    counts: [5_635, 11_573, 99],
  },
  'vma-readahead-vs-zap': {
    title: 'A page is read ahead by an entry that its PTE does not hold any more',
    run: [readahead, unmap],
    init: out,
    unreachable: {
      ...keepsPin,
      ...readsSlots,
      ...alone,
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...zapOfSwapped,
    },
    counts: [989, 1_979, 69],
  },
  'vma-readahead-vs-reclaim': {
    title: 'A page is read ahead that has just gone out, to zswap or past it',
    run: [readahead, reclaim({})],
    init(s) {
      mapped(s)
      s.zswap = 'unreliable'
    },
    unreachable: {
      ...keepsPin,
      ...loadsOnly,
      ...nothingFreed,
      ...noZeroes,
      ...slotsSuffice,
      ...asynchronousWrite,
      ...writtenOnce,
      'a PTE holds the entry whenever reclaim gives its pin back': [
        'reclaim/folio_free_swap.folio_ref_sub',
        'reclaim/swapcache_clear.rcu_read_unlock',
        'reclaim/vswap_free.*',
      ],
      'no page goes out twice': ['reclaim/zswap_invalidate.*', 'reclaim/zswap_entry_free.*'],
    },
    counts: [1_445, 2_649, 107],
  },
  'vma-readahead-zswap-vs-zap': {
    title: 'A page is read ahead from zswap while it is unmapped',
    run: [readahead, unmap],
    init: inZswap,
    unreachable: {
      ...keepsPin,
      ...loadsOnly,
      ...slotMeansCached,
      ...alone,
      ...noReclaim,
      ...zapOfSwapped,
      ...zapFindsNoSlot,
    },
    counts: [1_127, 2_209, 74],
  },
  'vma-readahead-vs-shrinker': {
    title: 'A page is read ahead from zswap while the shrinker writes it back',
    run: [readahead, zswapShrinker({})],
    init: inZswap,
    unreachable: {
      ...keepsPin,
      ...loadsOnly,
      ...slotMeansCached,
      ...nothingIsFreed,
      ...lookedFor,
      ...shrinkerGivesNothingUp,
      ...shrinkerFreesNoEntry,
      ...asynchronousWrite,
    },
    counts: [2_663, 5_236, 64],
  },
  'vma-readahead-zap-reclaim': {
    title: 'A page is read ahead by an entry that is freed, and allocated for another page',
    run: [readahead, unmap, reclaim({})],
    init: swappedOutAndMapped,
    bounds: { pte: 2 },
    unreachable: {
      ...keepsPin,
      ...readsSlots,
      ...swapfileOnly('zap', 'reclaim'),
      ...zapOfSwapped,
      ...slotsSuffice,
      ...asynchronousWrite,
      'the PTE of the page that goes out holds its entry': ['reclaim/swap_writepage.folio_unlock', 'reclaim/folio_free_swap.folio_ref_sub'],
    },
    counts: [69_025, 207_106, 146],
  },
} satisfies Readonly<Record<string, Pair>>

const ofSwapoff = {
  'vma-readahead-vs-swapoff': {
    title: 'A page is read ahead from a device that is switched off, and that readahead does not hold',
    run: [off, readahead],
    init: watched(out),
    unreachable: {
      ...keepsPin,
      ...readsSlots,
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...noReclaim,
    },
    counts: [4_936, 10_514, 89],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = [...pairScenarios(vmaReadaheadPairs), ...pairScenarios(ofSwapoff, swapoffProperties)]
