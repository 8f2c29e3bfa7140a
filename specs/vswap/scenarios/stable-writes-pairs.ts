/**
 * A device with SWP_STABLE_WRITES, and a page that is faulted in while it is on its way there: "The si we got from trylock_swapoff() is not
 * guaranteed to be stable […] With the folio locked and loaded into the swap cache, we can now guarantee a stable backing state." (patch 12)
 */
import { process, type Scenario } from '../../../checker/index.js'
import { user_store } from '../user-store.js'
import { compressed, mapped, reclaim, zswapShrinker } from '../vswap.js'
import { lookedFor, shrinkerFreesNoEntry, shrinkerGivesNothingUp } from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { type Protection, protectionPairs } from './protection-pairs.js'
import { asynchronous, asynchronousWrite, entryIsRead, noRead, slotsSuffice, swapfileOnly } from './unreachable.js'

const store = process('store', user_store, { symmetric: true })

const nobodyElseFaults = {
  'no other thread touches this PTE': ['store/do_swap_page.out_nomap', 'store/do_swap_page.out_page', 'store/do_swap_page.out_release'],
}
const pinned = {
  'a fault drops its count while it has the pin or a folio in the swap cache, so the count is not the last reference': [
    'store/vswap_free_nr_any_cache_only.rcu_read_unlock',
  ],
}

const stablePairs = {
  'stable-writes-vs-reclaim': {
    title: 'A page is written to while reclaim takes it out to a device that needs stable pages',
    run: [store({ pte: 1 }), reclaim({})],
    init(s) {
      s.SWP_STABLE_WRITES = true
      mapped(s)
    },
    bounds: { folio: 3 },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...slotsSuffice,
      ...entryIsRead,
      ...nobodyElseFaults,
      ...pinned,
      ...swapfileOnly('reclaim'),
      'zswap is off, and no page is zero-filled, for the fault, too': [
        'store/swap_read_folio.folio_unlock',
        'store/zswap_load.zswap_decompress',
        'store/zswap_load.zswap_entry_free',
        'store/zswap_load.folio_mark_dirty',
        'store/zswap_load.folio_mark_uptodate',
        'store/vswap_store_folio.*',
        'store/zswap_invalidate.*',
        'store/zswap_entry_free.*',
      ],
      'the PTE, or the store that brings the page back, keeps the entry while reclaim has the folio': [
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/folio_free_swap.folio_ref_sub',
      ],
    },
    counts: [3_154, 5_850, 152],
  },
  'stable-writes-vs-shrinker': {
    title: 'A page in zswap is written to while the shrinker takes it to a device that needs stable pages',
    run: [store({ pte: 1 }), zswapShrinker({})],
    init(s) {
      s.SWP_STABLE_WRITES = true
      compressed(s, 1)
    },
    bounds: { folio: 3 },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...noRead,
      ...nobodyElseFaults,
      ...pinned,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'zswap_load() has the entry out of the tree before release_backing() looks': ['store/zswap_invalidate.zswap_entry_free'],
      'who takes the page to the slot leaves it in the swap cache': ['store/swap_read_folio.submit_bio'],
    },
    counts: [6_436, 12_841, 137],
  },
} satisfies Readonly<Record<string, Pair>>

const protections: Readonly<Record<string, Protection>> = {
  'stable-writes': {
    title: 'A page is mapped writable while it is on its way to a device that needs stable pages',
    without: 'drop exclusivity under writeback to a device that needs stable pages',
    violates: 'StableWrites',
    on: stablePairs['stable-writes-vs-reclaim'],
    counts: [1_973, 3_709, 97],
  },
  'stable-device': {
    title: 'The device of a page is the one that it had, or had not, before the fault locked the folio',
    without: 'look the device up again once the folio is locked',
    violates: 'StableWrites',
    on: stablePairs['stable-writes-vs-shrinker'],
    counts: [3_905, 7_594, 68],
  },
}

export const scenarios: readonly Scenario[] = [...pairScenarios(stablePairs), ...protectionPairs(protections)]
