/** userfaultfd move of a page that is in zswap, or that the shrinker writes back meanwhile. PTE 1 is moved to PTE 2. */

import { process, type Scenario } from '../../../checker/index.js'
import { anonRmapProperties } from '../anon-rmap-properties.js'
import { madvise_pageout } from '../madvise-pageout.js'
import { move_pages_pte } from '../move-pages-pte.js'
import type { State } from '../state.js'
import { compressed, fault, reclaim, zap, zswapShrinker } from '../vswap.js'
import {
  loadErases,
  lookedFor,
  noSlotRead,
  noZeroes,
  reclaimDropsOnly,
  shrinkerAlone,
  shrinkerFreesNoEntry,
  shrinkerGivesNothingUp,
  zapFindsNoSlot,
} from './backing-unreachable.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import {
  asynchronous,
  asynchronousWrite,
  nobodyElseFaults,
  noCacheHit,
  noRead,
  noReclaim,
  pinned,
  slotsSuffice,
  zapOfSwapped,
} from './unreachable.js'

const move = process('uffd', move_pages_pte)({ dst_pte: 2, src_pte: 1 })
const pageout = process('pageout', madvise_pageout)
const shrinker = zswapShrinker({})

const inZswap = (how: State['zswap']) => (s: State) => {
  s.anon_rmap.watched = true
  compressed(s, 1)
  s.zswap = how
}

const faultsInZswap = { ...noRead, ...asynchronous, ...pinned, ...loadErases, ...noSlotRead }

export const zswapMovePairs = {
  'zswap-move-vs-fault': {
    title: 'userfaultfd moves a page in zswap that its owner faults on',
    run: [move, fault({ pte: 1, write: true })],
    init: inZswap('on'),
    bounds: { pte: 2 },
    unreachable: {
      ...noReclaim,
      ...faultsInZswap,
      ...noCacheHit,
      'there is memory, and the entry stays while its PTE may hold it': ['__read_swap_cache_async.put_and_return'],
    },
    counts: [2_544, 4_928, 98],
  },
  'zswap-move-vs-fault-of-destination': {
    title: 'userfaultfd moves a page in zswap, and its new owner faults while its old one does',
    run: [move, fault({ pte: 1, write: false }), fault({ pte: 2, write: true })],
    init: inZswap('on'),
    bounds: { pte: 2 },
    unreachable: {
      ...noReclaim,
      ...faultsInZswap,
    },
    counts: [37_309, 100_501, 139],
  },
  'zswap-move-vs-zap': {
    title: 'userfaultfd moves a page in zswap that its owner unmaps',
    run: [move, zap({ pte: 1 })],
    init: inZswap('on'),
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...noReclaim,
      ...zapOfSwapped,
      ...zapFindsNoSlot,
      'no folio is ever in the swap cache': [
        'move_pages_pte.unlock_swapoff',
        'move_pages_pte.folio_lock',
        'move_pages_pte.folio_move_anon_rmap',
        'move_pages_pte.folio_put',
        'filemap_get_folio.folio_try_get',
        'filemap_get_folio.xas_reload',
        'zap/filemap_get_folio.*',
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'free_swap_and_cache_nr.folio_free_swap',
        'free_swap_and_cache_nr.folio_unlock',
        'free_swap_and_cache_nr.folio_put',
        'vswap_swapcache_only.*',
        'folio_free_swap.*',
        'folio_swapped.*',
        'swapcache_clear.*',
      ],
    },
    counts: [357, 656, 38],
  },
  'zswap-move-vs-shrinker': {
    title: 'userfaultfd moves a page whose zswap entry the shrinker writes back, and its new owner faults',
    run: [move, shrinker, fault({ pte: 2, write: true })],
    init: inZswap('on'),
    bounds: { pte: 2 },
    unreachable: {
      ...noRead,
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      ...nobodyElseFaults,
      ...loadErases,
      ...lookedFor,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'nothing is read from a physical slot': ['fault/swap_read_folio.submit_bio'],
    },
    counts: [26_715, 72_792, 131],
  },
  'zswap-move-shrinker-reclaim': {
    title: 'userfaultfd moves a page whose zswap entry the shrinker writes back while reclaim drops it',
    run: [move, shrinker, reclaim({})],
    init: inZswap('on'),
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronousWrite,
      ...lookedFor,
      ...shrinkerAlone,
      ...shrinkerFreesNoEntry,
      ...shrinkerGivesNothingUp,
      'the shrinker finds the entry, and memory': ['zswap shrinker/__read_swap_cache_async.put_and_return'],
      ...reclaimDropsOnly,
      ...noRead,
    },
    counts: [7_820, 22_820, 78],
  },
  'zswap-move-vs-pageout': {
    title: 'userfaultfd moves a page that comes from zswap and goes there again, or past it, under the same entry',
    run: [move, pageout({ first: 1, second: 1 }), fault({ pte: 2, write: true })],
    init: inZswap('unreliable'),
    bounds: { pte: 2 },
    unreachable: {
      ...asynchronous,
      ...asynchronousWrite,
      ...pinned,
      'nobody else touches the new PTE': ['fault/do_swap_page.out_nomap', 'fault/do_swap_page.out_page', 'fault/do_swap_page.out_release'],
      ...noZeroes,
      ...slotsSuffice,
      'the page is in zswap when its owner first faults, and stays in memory until it is taken out': [
        'pageout/swap_read_folio.submit_bio',
        'pageout/release_backing.xa_erase',
        'pageout/release_backing.swap_slot_tryget_swap_info',
        'pageout/release_backing.swap_slot_free_nr',
        'pageout/release_backing.swap_slot_put_swap_info',
        'pageout/zswap_invalidate.zswap_entry_free',
      ],
      'a fault drops its count while it has the pin or a folio in the swap cache': ['pageout/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [193_330, 549_306, 284],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = pairScenarios(zswapMovePairs, anonRmapProperties)
