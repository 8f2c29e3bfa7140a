/** Three processes, one of which is a large fault. */
import { process, type Scenario, scenario } from '../../../checker/index.js'
import { madvise_pageout } from '../madvise-pageout.js'
import { enableZswap, thpFault, thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { fault, reclaim, vswap, zap } from '../vswap.js'
import { noZeroes } from './backing-unreachable.js'
import { mappedSmall } from './large-states.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { inSwapCacheLarge, noSlotBefore, swappedOutLarge, twoPtes } from './thp-states.js'
import {
  entryIsGone,
  foundByNobody,
  nothingCached,
  noZswap,
  noZswapToFree,
  pastSwapCache,
  pinKeepsPte,
  pinnedFault,
} from './thp-unreachable.js'
import { freeSwapCache, noReclaim, slotsSuffice, swapfileOnly } from './unreachable.js'

const pageout = process('pageout', madvise_pageout)
const T = 'thp fault'
const large = (pte: number, write = true) => thpFault({ pte, write, order_nr: 2 })

export const thpThreeWay = {
  'thp-fault-pageout-zswap-on': {
    title:
      'The second page of a range is brought in, written to and paged out to zswap, which is enabled just then, while a fault brings in both',
    run: [large(1), pageout({ first: 2, second: 2 }), enableZswap({})],
    init(s) {
      swappedOutLarge(s)
      noSlotBefore(s)
    },
    bounds: { ...twoPtes, folio: 4, pte: 3, desc: 3, slot: 3 },
    unreachable: {
      ...pinnedFault(T, 'pageout'),
      ...pinKeepsPte(T, 'pageout'),
      ...entryIsGone('pageout'),
      ...slotsSuffice,
      ...noZeroes,
      ...foundByNobody(T),
      'who writes brings its page in past the swap cache, and once': [
        'pageout/filemap_get_folio.folio_try_get',
        'pageout/filemap_get_folio.xas_reload',
        'pageout/vswap_folio_backed.*',
        'pageout/swap_read_folio.folio_unlock',
        'pageout/zswap_load.zswap_decompress',
        'pageout/zswap_load.zswap_entry_free',
        'pageout/zswap_load.folio_mark_dirty',
        'pageout/zswap_load.folio_mark_uptodate',
      ],
      'a PTE holds one of the entries whenever the folio is locked to be paged out': ['pageout/folio_free_swap.folio_ref_sub'],
      'no page that is written out has a zswap entry, and none is released by who pages it out': [
        'pageout/zswap_invalidate.zswap_entry_free',
      ],
    },
    counts: [234_746, 607_588, 379],
  },
  'thp-fault-small-zap': {
    title: 'A fault brings in two pages while another brings in the second alone, and the first is unmapped',
    run: [large(1), fault({ pte: 2, write: true }), zap({ pte: 1 })],
    init: swappedOutLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T, 'fault'),
      ...entryIsGone(T, 'fault'),
      ...noZswap(T, 'fault'),
      ...noZswapToFree('zap'),
      ...pinnedFault(T, 'fault'),
      ...pinKeepsPte('fault'),
      ...nothingCached('zap'),
      'no folio is in the swap cache': freeSwapCache,
    },
    counts: [341_488, 1_006_990, 207],
  },
  'thp-fault-zap-reclaim': {
    title: 'A fault comes to a range of which the first page is unmapped, and its virtual slot taken for a page that goes out',
    run: [large(2), zap({ pte: 1 }), reclaim({})],
    init(s) {
      swappedOutLarge(s)
      noSlotBefore(s)
      mappedSmall(s, 3)
    },
    bounds: { ...twoPtes, folio: 4, pte: 4, desc: 4, slot: 3 },
    unreachable: {
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...foundByNobody(T),
      ...swapfileOnly('reclaim'),
      ...slotsSuffice,
      'a PTE holds one of the entries whenever reclaim has the folio lock': [
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/folio_free_swap.folio_ref_sub',
        'reclaim/swapcache_clear.rcu_read_unlock',
      ],
    },
    counts: [440_791, 1_321_920, 382],
  },
  'thp-cached-reclaim-zap': {
    title: 'A fault maps a folio of the swap cache while reclaim drops it and its second page is unmapped',
    run: [large(1), reclaim({}), zap({ pte: 2 })],
    init: inSwapCacheLarge,
    bounds: { ...twoPtes, folio: 4 },
    unreachable: {
      ...noZswap(T),
      ...noZswapToFree('zap'),
      ...pinnedFault(T),
      ...foundByNobody(T),
      ...swapfileOnly('reclaim'),
      ...slotsSuffice,
      'the PTE of the first page holds its entry, or the fault the folio': [
        'reclaim/swap_writepage.folio_unlock',
        'reclaim/folio_free_swap.folio_ref_sub',
      ],
    },
    counts: [90_608, 243_159, 290],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = [
  ...pairScenarios(thpThreeWay, thpProperties),
  scenario(vswap, {
    name: 'thp-fault-fault-zap',
    title: 'Two threads fault on the two pages of a range while both are unmapped at once',
    set: 'nightly',
    run: [large(1), large(2), thpZap({ pte: 1, end: 2 })],
    init: swappedOutLarge,
    bounds: { ...twoPtes, folio: 4 },
    properties: thpProperties,
    unreachable: {
      ...noReclaim,
      ...pastSwapCache(T),
      ...entryIsGone(T),
      ...noZswap(T),
      ...noZswapToFree('thp zap'),
      ...pinnedFault(T),
      ...nothingCached('thp zap'),
      'no folio that is unmapped is in the swap cache': [
        'thp zap/free_swap_cache.folio_mapped',
        'thp zap/free_swap_cache.folio_trylock',
        'thp zap/free_swap_cache.folio_free_swap',
        'thp zap/free_swap_cache.folio_unlock',
      ],
    },
    expect: { verdict: 'holds', distinct: 1_549_131, generated: 4_865_761, depth: 316 },
  }),
]
