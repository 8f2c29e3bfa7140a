/** swapoff of a device with zswap in front of it, or with pages that turn zero-filled, against whoever moves pages between the two. */

import { process, type Scenario } from '../../../checker/index.js'
import type { State } from '../state.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { compressed, fault, inSwapCache, mapped, reclaim, rewritten, swappedOut, zap, zswapShrinker } from '../vswap.js'
import { zswap_writeback_entry } from '../zswap-writeback.js'
import {
  loadErases,
  lookedFor,
  noSlotWritten,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerKeepsCount,
  vswapStoreFolioCameFirst,
  zswapTakesAll,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  entryAndFolioStay,
  entryWasAllocated,
  noSlotAskedFor,
  noSlotGivenBack,
  nothingFreed,
  reclaimOfUnmapped,
  slotMeansFolio,
  slotMeansFolioOrEnd,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsNoZswap,
} from './swapoff-unreachable.js'
import { asynchronous, asynchronousWrite, nobodyElseFaults, noReclaim, pinned, writtenOnce, zapOfSwapped } from './unreachable.js'
import { watched } from './watched-device.js'

const swapoff = process('swapoff', swapoff_syscall)
const off = swapoff({ type: 1, again: false })
const offAndOn = swapoff({ type: 1, again: true })
const write = fault({ pte: 1, write: true })
const unmap = zap({ pte: 1 })
const shrinker = zswapShrinker({})
/** A shrinker that has copied swpentry of a zswap entry which has been freed since. */
const late = process('late shrinker', zswap_writeback_entry)({ entry: 1, swpentry: 1 })

const inZswap = watched((s) => compressed(s, 1))
const zswap = (how: State['zswap'], start: (s: State) => void) =>
  watched((s) => {
    start(s)
    s.zswap = how
  })
export const swapoffZswapPairs = {
  'swapoff-vs-shrinker': {
    title: 'The shrinker takes a slot of a device that is switched off, and on again',
    run: [offAndOn, shrinker],
    init: inZswap,
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
    },
    counts: [1_226, 2_375, 79],
  },
  'swapoff-vs-late-shrinker': {
    title: 'swapoff finds the temporary folio of a shrinker that gives it up: "We can, for instance, race with zswap writeback" (patch 16)',
    run: [off, late],
    init: zswap('on', (s) => swappedOut(s, 1)),
    unreachable: {
      ...swapoffReadsNoZswap,
      ...swapoffKeepsPin,
      ...staysOff,
      ...noReclaim,
      ...nothingFreed,
      'a PTE holds the entry to the end': [
        'try_to_unuse.no_folio',
        'late shrinker/swapcache_clear.rcu_read_unlock',
        'late shrinker/vswap_free.*',
      ],
      'the zswap entry is gone, so nothing is written back': [
        'zswap_writeback_entry.xa_cmpxchg',
        'zswap_writeback_entry.zswap_decompress',
        'zswap_writeback_entry.zswap_entry_free',
        'zswap_writeback_entry.folio_mark_uptodate',
        'zswap_writeback_entry.fail',
        'vswap_alloc_swap_slot.*',
        'vswap_assoc_zswap.*',
        '__swap_writepage.*',
        'late shrinker/swp_entry_to_swp_slot.*',
        'late shrinker/release_backing.*',
        'late shrinker/zswap_invalidate.*',
        'late shrinker/zswap_entry_free.*',
      ],
    },
    counts: [4_075, 8_369, 91],
  },
  'swapoff-into-zswap': {
    title: 'Reclaim takes the page that swapoff has brought in to zswap',
    run: [off, reclaim({})],
    init: zswap('on', (s) => swappedOut(s, 1)),
    unreachable: {
      ...swapoffReadsNoZswap,
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...staysOff,
      ...noReclaim,
      ...nothingFreed,
      ...reclaimOfUnmapped,
      ...noZeroes,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...zswapTakesAll,
      ...vswapStoreFolioCameFirst,
      ...writtenOnce,
      ...asynchronousWrite,
      ...noSlotAskedFor,
    },
    counts: [1_112, 2_149, 111],
  },
  'swapoff-zswap-store': {
    title: 'Reclaim stores a page in zswap, or past it, while swapoff looks at its old slot: "or change its backing state" (patch 16)',
    run: [offAndOn, reclaim({})],
    init: zswap('unreliable', rewritten),
    unreachable: {
      ...entryAndFolioStay,
      ...noSlotGivenBack,
      ...nothingFreed,
      ...entryWasAllocated,
      ...noZeroes,
      ...asynchronousWrite,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [5_252, 9_874, 129],
  },
  'swapoff-zero': {
    title: 'Reclaim finds a page zero-filled while swapoff looks at its old slot',
    run: [off, reclaim({})],
    init: watched((s) => {
      rewritten(s)
      s.zeroes = 2
    }),
    unreachable: {
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...staysOff,
      ...nothingFreed,
      ...entryWasAllocated,
      ...reclaimKeepsEntry,
      'the page is zero-filled, or in the swap cache, whenever it is read': [
        'end_swap_bio_read',
        'end_swap_bio_write',
        'swapoff/swap_read_folio.zswap_loaded',
        'swapoff/swap_read_folio.submit_bio',
        'swapoff/swp_entry_to_swp_slot.*',
        'zswap_load.*',
        'swapoff/vswap_store_folio.*',
      ],
      'reclaim finds the page zero-filled, and zswap is off': [
        'swap_writepage.zswap_store',
        'swap_writepage.vswap_alloc_swap_slot',
        'zswap_store.*',
        'vswap_assoc_zswap.*',
        'reclaim/vswap_store_folio.*',
        'zswap_invalidate.*',
        'zswap_entry_free.*',
        'swap_writepage.folio_mark_dirty',
      ],
      ...noSlotWritten('reclaim finds the page zero-filled'),
    },
    counts: [2_373, 4_422, 96],
  },
  'swapoff-shrinker-zap': {
    title: 'swapoff while the shrinker writes a page back and its owner unmaps it',
    run: [off, shrinker, unmap],
    init: inZswap,
    unreachable: {
      ...slotMeansFolioOrEnd,
      ...swapoffKeepsPin,
      ...staysOff,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...zapOfSwapped,
      'the shrinker releases no slot': [
        'zswap shrinker/release_backing.xa_erase',
        'zswap shrinker/release_backing.swap_slot_tryget_swap_info',
        'zswap shrinker/release_backing.swap_slot_free_nr',
        'zswap shrinker/release_backing.swap_slot_put_swap_info',
      ],
    },
    counts: [39_038, 112_946, 110],
  },
  'swapoff-shrinker-fault': {
    title: 'swapoff while the shrinker writes a page back and its owner faults on it',
    run: [off, shrinker, write],
    init: inZswap,
    unreachable: {
      ...slotMeansFolioOrEnd,
      ...swapoffKeepsPin,
      ...staysOff,
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...loadErases,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      'no other thread touches this PTE': ['do_swap_page.out_nomap'],
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
    },
    counts: [141_900, 412_589, 140],
  },
  'swapoff-shrinker-reclaim': {
    title: 'swapoff while the shrinker writes a page back and reclaim takes it, to zswap or past it',
    run: [off, shrinker, reclaim({})],
    init: zswap('unreliable', mapped),
    unreachable: {
      ...swapoffReadsNoZswap,
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...staysOff,
      ...nothingFreed,
      ...asynchronousWrite,
      ...writtenOnce,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      ...vswapStoreFolioCameFirst,
    },
    counts: [10_386, 25_682, 140],
  },
  'swapoff-shrinker-shrinker-reclaim': {
    title: 'Two shrinkers come to one zswap entry while swapoff takes the device away and reclaim drops the page',
    run: [off, shrinker, shrinker, reclaim({})],
    init: inZswap,
    unreachable: {
      ...swapoffReadsNoZswap,
      ...swapoffKeepsPin,
      ...staysOff,
      ...nothingFreed,
      ...entryWasAllocated,
      ...reclaimOfUnmapped,
      ...noSlotWritten('reclaim finds the page clean'),
      ...noSlotAskedFor,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      ...vswapStoreFolioCameFirst,
      ...zswapTakesAll,
      ...writtenOnce,
      ...asynchronousWrite,
    },
    counts: [563_949, 2_086_121, 153],
  },
  'swapoff-zswap-fault-reclaim': {
    title: 'swapoff while a page is faulted in, written to and taken to zswap, or past it',
    run: [off, write, reclaim({})],
    init: zswap('unreliable', (s) => inSwapCache(s, 1)),
    unreachable: {
      ...noSlotGivenBack,
      ...staysOff,
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...nobodyElseFaults,
      ...noZeroes,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [881_782, 2_660_730, 235],
  },
  'swapoff-zswap-store-zap': {
    title: 'Reclaim stores a page in zswap, or past it, while swapoff looks at its old slot and its owner unmaps it',
    run: [off, reclaim({}), unmap],
    init: zswap('unreliable', rewritten),
    unreachable: {
      ...noSlotGivenBack,
      ...staysOff,
      ...noZeroes,
      ...asynchronousWrite,
    },
    counts: [216_079, 619_062, 163],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(swapoffZswapPairs, swapoffProperties)
