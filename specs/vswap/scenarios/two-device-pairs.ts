/** Two swap devices: the pages of one that is switched off go to the other. */

import { process, type Scenario } from '../../../checker/index.js'
import { madvise_pageout } from '../madvise-pageout.js'
import { swapoff as swapoff_syscall } from '../swapoff.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { compressed, fault, inSwapCache, mapped, reclaim, rewritten, swappedOut, zap, zswapShrinker } from '../vswap.js'
import { lookedFor, reclaimKeepsEntry, shrinkerAlone, shrinkerFreesNoEntry, shrinkerGivesNothingUp } from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  entryAndFolioStay,
  entryWasAllocated,
  nothingFreed,
  readLeavesCache,
  reclaimOfUnmapped,
  slotMeansFolio,
  staysOff,
  swapoffKeepsPin,
  swapoffReadsSlots,
} from './swapoff-unreachable.js'
import { asynchronous, asynchronousWrite, nobodyElseFaults, noReclaim, pinned, swapfileOnly, writtenOnce } from './unreachable.js'
import { onTwoDevices } from './watched-device.js'

const swapoff = process('swapoff', swapoff_syscall)
const off = swapoff({ type: 1, again: false })
const offAndOn = swapoff({ type: 1, again: true })
const offOther = swapoff({ type: 2, again: false })
const pageout = process('pageout', madvise_pageout)
const read = fault({ pte: 1, write: false })
const write = fault({ pte: 1, write: true })
const unmap = zap({ pte: 1 })
const bounds = { device: 2, slot: 2 }

const roomElsewhere = { 'there is always a free slot, on one of the two': ['swap_writepage.folio_mark_dirty'] }
const pageoutOfHeld = {
  'no other fault maps the page meanwhile, and its PTE holds the entry, or the pin, whenever one of them drops it': [
    'do_swap_page.out_nomap',
    'pageout/swap_writepage.folio_unlock',
    'pageout/folio_free_swap.folio_ref_sub',
    'pageout/vswap_free_nr_any_cache_only.rcu_read_unlock',
  ],
}

export const twoDevicePairs = {
  'devices-swapoff-vs-reclaim': {
    title:
      'A page in the swap cache goes to the second device while swapoff looks at its slot on the first: "or change its backing state" (patch 16)',
    run: [offAndOn, reclaim({})],
    init: onTwoDevices(rewritten),
    bounds,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...entryAndFolioStay,
      ...nothingFreed,
      ...entryWasAllocated,
      ...asynchronousWrite,
      ...roomElsewhere,
      'a PTE holds the entry when reclaim looks': ['reclaim/swap_writepage.folio_unlock'],
      ...reclaimKeepsEntry,
    },
    counts: [5_118, 9_773, 129],
  },
  'devices-swapoff-both': {
    title: 'Both devices are switched off at once, and a page is on the first',
    run: [off, offOther],
    init: onTwoDevices((s) => swappedOut(s, 1)),
    bounds,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...staysOff,
      ...entryAndFolioStay,
      ...noReclaim,
      ...nothingFreed,
    },
    counts: [703, 1_346, 79],
  },
  'devices-swapoff-both-reclaim': {
    title: 'Both devices are switched off at once, and reclaim takes a page from the first to the second',
    run: [off, offOther, reclaim({})],
    init: onTwoDevices((s) => swappedOut(s, 1)),
    bounds,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim'),
      ...staysOff,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...reclaimOfUnmapped,
      ...asynchronousWrite,
      ...writtenOnce,
      'a PTE holds the entry when reclaim looks': ['reclaim/swap_writepage.folio_unlock'],
    },
    counts: [18_032, 49_055, 177],
  },
  'devices-direct-vs-pageout': {
    title:
      'A direct read from the first device, which is synchronous, while the page goes to the second: it "might be outdated" (patch 12)',
    run: [read, pageout({ first: 1, second: 1 })],
    init: onTwoDevices((s) => swappedOut(s, 1), true),
    bounds,
    unreachable: {
      ...swapfileOnly('fault', 'pageout'),
      ...pinned,
      ...pageoutOfHeld,
      ...readLeavesCache,
      ...roomElsewhere,
      'the owner of the page finds it in memory, in the swap cache or swapped out with one reference': [
        'pageout/__read_swap_cache_async.swapcache_prepare',
        'pageout/__read_swap_cache_async.prepared',
        'pageout/__read_swap_cache_async.add_to_swap_cache',
        'pageout/__read_swap_cache_async.folio_add_lru',
        'pageout/filemap_get_folio.folio_try_get',
        'pageout/filemap_get_folio.xas_reload',
        'pageout/vswap_folio_backed.*',
      ],
    },
    counts: [86_613, 198_065, 221],
  },
  'devices-swapoff-shrinker': {
    title: 'The shrinker writes a page back to one of the devices while the first is switched off and on again',
    run: [offAndOn, zswapShrinker({})],
    init: onTwoDevices((s) => compressed(s, 1)),
    bounds,
    unreachable: {
      ...slotMeansFolio,
      ...swapoffKeepsPin,
      ...entryAndFolioStay,
      ...nothingFreed,
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
    },
    counts: [1_381, 2_709, 79],
  },
  'devices-swapoff-reclaim-zap': {
    title: 'A page goes out to one of two devices and is unmapped while the first is switched off and on again',
    run: [offAndOn, reclaim({}), unmap],
    init: onTwoDevices(mapped),
    bounds,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...roomElsewhere,
    },
    counts: [96_123, 273_640, 167],
  },
  'devices-swapoff-fault-reclaim': {
    title: 'A page comes back from the first device and goes to the second while the first is switched off and on again',
    run: [offAndOn, write, reclaim({})],
    init: onTwoDevices((s) => inSwapCache(s, 1)),
    bounds,
    unreachable: {
      ...swapoffReadsSlots,
      ...swapoffKeepsPin,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...nobodyElseFaults,
      ...roomElsewhere,
      'a PTE holds the entry when reclaim looks': ['reclaim/swap_writepage.folio_unlock'],
      ...reclaimKeepsEntry,
    },
    counts: [1_194_713, 3_666_833, 243],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(twoDevicePairs, swapoffProperties)
