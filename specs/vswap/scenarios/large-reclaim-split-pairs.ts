/** Reclaim of a folio of two pages that it splits: no two virtual slots are in a row for it, or a page of it is not mapped any more. */
import { process } from '../../../checker/index.js'
import { shrink_folio_list_by } from '../shrink-folio-list.js'
import { split_folio, split_huge_page_to_list_to_order } from '../split-huge-page.js'
import type { State } from '../state.js'
import { swap_writepage } from '../swap-writepage.js'
import { fault, fork, zap } from '../vswap.js'
import { largeSplitProperties } from './large-split-pairs.js'
import { mappedLarge, twoPages } from './large-states.js'
import { cacheHoldsPin, outOfSwapCache, tailIsHeld } from './large-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { nothingFreed } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  entryIsRead,
  nobodyElseFaults,
  noRead,
  slotsSuffice,
  stillSwapped,
  swapfileOnly,
  writtenOnce,
} from './unreachable.js'

const reclaim = process('reclaim', shrink_folio_list_by(swap_writepage, split_huge_page_to_list_to_order))({})
const split = process('split', split_folio)({})
const pair = (s: State) => mappedLarge(s, 2)
/** The first cluster with two free slots is one too far. */
const noCluster = { ...twoPages, entry: 2 }

export const largeReclaimSplitPairs = {
  'large-reclaim-split-vs-zap': {
    title: 'A folio of two pages goes out page by page while its second page is unmapped',
    run: [reclaim, zap({ pte: 2 })],
    init: pair,
    bounds: noCluster,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...slotsSuffice,
      ...noRead,
      ...outOfSwapCache,
    },
    counts: [7_715, 17_022, 241],
  },
  'large-reclaim-split-vs-write': {
    title: 'A folio of two pages goes out page by page while its second page is written to',
    run: [reclaim, fault({ pte: 2, write: true })],
    init: pair,
    bounds: { ...noCluster, folio: 4 },
    unreachable: {
      ...swapfileOnly('reclaim', 'fault'),
      ...asynchronous,
      ...asynchronousWrite,
      ...slotsSuffice,
      ...stillSwapped,
      ...writtenOnce,
      ...nobodyElseFaults,
      ...cacheHoldsPin,
      ...entryIsRead,
      ...outOfSwapCache,
    },
    counts: [6_207, 13_431, 285],
  },
  'large-reclaim-split-vs-fork': {
    title: 'A folio of two pages goes out page by page while the PTE of its second page is copied',
    run: [reclaim, fork({ src_pte: 2, dst_pte: 3 })],
    init: pair,
    bounds: { ...noCluster, pte: 3 },
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...slotsSuffice,
      ...outOfSwapCache,
      ...stillSwapped,
      ...writtenOnce,
      ...noRead,
      ...nothingFreed,
    },
    counts: [3_775, 7_907, 228],
  },
  'large-reclaim-split-vs-split': {
    title: 'A folio of two pages is split by reclaim, which finds no slots for it, and by the deferred split queue',
    run: [reclaim, split],
    init: pair,
    bounds: noCluster,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...asynchronousWrite,
      ...slotsSuffice,
      ...outOfSwapCache,
      ...stillSwapped,
      ...writtenOnce,
      ...noRead,
      ...nothingFreed,
      ...tailIsHeld,
    },
    counts: [1_899, 4_154, 210],
  },
  'large-reclaim-partly-mapped-vs-zap': {
    title:
      '"Split partially mapped folios right away. We can free the unmapped pages without IO" (v6.14): there are slots, and the second page is unmapped',
    run: [reclaim, zap({ pte: 2 })],
    init: pair,
    bounds: twoPages,
    unreachable: {
      ...swapfileOnly('reclaim', 'zap'),
      ...asynchronousWrite,
      ...slotsSuffice,
      ...noRead,
      ...outOfSwapCache,
      'zap finds the second page in the swap cache only in one folio with the first, whose PTE holds its entry': [
        'zap/folio_free_swap.folio_ref_sub',
        'zap/swapcache_clear.*',
      ],
    },
    counts: [2_279, 4_152, 161],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios = pairScenarios(largeReclaimSplitPairs, largeSplitProperties)
