/** Pages of memory cgroups with zswap in front of the device: memory.zswap.max, and memory.zswap.writeback of 0. */

import type { Scenario } from '../../../checker/index.js'
import { memcgProperties } from '../memcg-properties.js'
import type { State } from '../state.js'
import { compressed, fault, mapped, reclaim, zap, zswapShrinker } from '../vswap.js'
import {
  lookedFor,
  noSlotWritten,
  noZeroes,
  reclaimKeepsEntry,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  shrinkerKeepsCount,
  vswapStoreFolioCameFirst,
  zswapTakesAll,
} from './backing-unreachable.js'
import { keptByPte, noSlotToRelease, shrinkerIsRefused, staysInSwapCache } from './memcg-unreachable.js'
import { ofMemcg, pagesOfMemcg, pagesOfTwoMemcgs, zswapMax } from './of-memcg.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { noSlotAskedFor } from './swapoff-unreachable.js'
import {
  asynchronous,
  asynchronousWrite,
  nobodyElseFaults,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  swapfileOnly,
  writtenOnce,
  zapOfSwapped,
} from './unreachable.js'

const write = fault({ pte: 1, write: true })
const unmap = zap({ pte: 1 })
const shrinker = zswapShrinker({})
const two = { pte: 2, entry: 2, slot: 2, desc: 2, folio: 2, zentry: 2 }
const noWriteback = (start: (s: State) => void) => (s: State) => {
  start(s)
  for (const id of s.memcg.ids.slice(0, 1)) s.memcg[id].no_zswap_writeback = true
}
const unreliable = (start: (s: State) => void) => (s: State) => {
  start(s)
  s.zswap = 'unreliable'
}

const reclaims = {
  ...noRead,
  ...keptByPte,
  ...asynchronousWrite,
  ...writtenOnce,
  ...noZeroes,
  ...reclaimKeepsEntry,
  ...vswapStoreFolioCameFirst,
}

export const zswapMemcgPairs = {
  'zswap-max-reclaim-vs-reclaim': {
    title: 'Two pages of a memcg go out at once; there is room for one in zswap',
    run: [reclaim({}), reclaim({})],
    init: zswapMax(1, pagesOfMemcg(2)),
    bounds: two,
    unreachable: {
      ...reclaims,
      ...slotsSuffice,
    },
    counts: [73_317, 144_885, 150],
  },
  'zswap-max-two-memcgs': {
    title: 'A page of each of two memcgs goes out; the zswap.max of one is 0, and the swap.max of the other',
    run: [reclaim({}), reclaim({})],
    init: zswapMax(0, pagesOfTwoMemcgs(1, 0)),
    bounds: { ...two, memcg: 2 },
    unreachable: {
      ...reclaims,
      'the one page that may have a slot gets it': ['swap_writepage.folio_mark_dirty'],
    },
    counts: [55_954, 111_970, 149],
  },
  'zswap-max-shrinker-vs-zap': {
    title: 'The shrinker writes back the one page that a memcg may have in zswap while it is unmapped',
    run: [shrinker, unmap],
    init: zswapMax(
      1,
      ofMemcg((s) => compressed(s, 1), 1),
    ),
    unreachable: {
      ...noRead,
      ...asynchronousWrite,
      ...zapOfSwapped,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
    },
    counts: [1_287, 2_553, 84],
  },
  'zswap-max-shrinker-fault-reclaim': {
    title: 'A page of a memcg at its zswap.max comes back and goes out again while the shrinker is at its entry; swap.max is 0',
    run: [shrinker, write, reclaim({})],
    init: zswapMax(
      1,
      ofMemcg((s) => compressed(s, 1), 0),
    ),
    unreachable: {
      ...noRead,
      ...shrinkerIsRefused,
      ...shrinkerFreesNoEntry,
      ...shrinkerKeepsCount,
      ...lookedFor,
      ...asynchronous,
      ...pinned,
      ...noSlotToRelease('fault', 'reclaim'),
      'no other thread touches this PTE': ['do_swap_page.out_nomap'],
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
      'the shrinker frees no zswap entry': ['zswap shrinker/zswap_entry_free.*'],
      ...noZeroes,
      ...noSlotWritten('zswap takes every page that reclaim writes out'),
      ...noSlotAskedFor,
      ...zswapTakesAll,
      ...reclaimKeepsEntry,
      ...vswapStoreFolioCameFirst,
    },
    counts: [217_025, 649_829, 269],
  },
  'zswap-writeback-reclaim-vs-fault': {
    title: 'A page of a memcg may not go to zswap, whose writeback is 0, and so stays in the swap cache while it is written to',
    run: [write, reclaim({})],
    init: noWriteback(zswapMax(0, ofMemcg(mapped, 1))),
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...swapfileOnly('fault', 'reclaim'),
      ...asynchronous,
      ...pinned,
      ...nobodyElseFaults,
      ...staysInSwapCache,
      ...noSlotWritten('zswap refuses the page, and zswap.writeback is 0'),
      ...noSlotToRelease('fault', 'reclaim'),
      'the page is dirty, and stays in the swap cache': [
        'shrink_folio_list.page_success_dirty',
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/folio_free_swap.folio_ref_sub',
        'reclaim/swapcache_clear.*',
        'reclaim/vswap_free.*',
      ],
      'the fault finds the page mapped or in the swap cache': [
        'do_swap_page.swapin_readahead',
        'read_swap_cache_async.*',
        '__read_swap_cache_async.*',
        'swp_swapcount.*',
        'swapcache_prepare.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
        'zswap_load.*',
      ],
    },
    counts: [638, 1_119, 79],
  },
  'zswap-writeback-two-memcgs': {
    title: 'Pages of two memcgs go out while the shrinker runs; the zswap.writeback of one is 0',
    run: [reclaim({}), reclaim({}), shrinker],
    init: unreliable(noWriteback(zswapMax(1, pagesOfTwoMemcgs(1, 1)))),
    bounds: { ...two, memcg: 2 },
    unreachable: {
      ...reclaims,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
    },
    counts: [436_723, 1_137_998, 179],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(zswapMemcgPairs, memcgProperties)
