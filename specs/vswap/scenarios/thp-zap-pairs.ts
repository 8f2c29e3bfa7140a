/** PTEs that are unmapped at once, against each process that can meet them on an entry. */
import type { State } from '../state.js'
import { thpZap } from '../thp.js'
import { thpProperties } from '../thp-properties.js'
import { fork, reclaim, zap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'
import { inSwapCacheLarge, sharedInSwapCache, sharedTail, twoPtes } from './thp-states.js'
import { cleanUntilOut, nothingCached, noZswapToFree, otherEntryIsHeld, thpZapOfSwapped } from './thp-unreachable.js'
import { forkOfSwapped, noRead, noReclaim, zapOfSwapped } from './unreachable.js'

export const thpZapPairs = {
  'thp-zap-vs-zap': {
    title: 'Both PTEs of a folio that is in the swap cache are unmapped at once, and each by itself',
    run: [thpZap({ pte: 1, end: 2 }), zap({ pte: 2 })],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...zapOfSwapped,
      ...noZswapToFree('thp zap', 'zap'),
      'the swap cache has the entries when their last counts are dropped': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      ...otherEntryIsHeld('zap'),
    },
    counts: [205, 271, 86],
  },
  'thp-zap-vs-zap-shared': {
    title: 'Both owners of a folio that is in the swap cache unmap all of it at once: the hint of each page may be missed',
    run: [thpZap({ pte: 1, end: 2 }), thpZap({ pte: 3, end: 2 })],
    init: sharedInSwapCache,
    bounds: { ...twoPtes, pte: 4 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap'),
      'the swap cache has the entries when their last counts are dropped': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [5_072, 11_325, 113],
  },
  'thp-zap-vs-fork': {
    title: 'A range is unmapped at once while a child, which has its second page, forks',
    run: [thpZap({ pte: 1, end: 2 }), fork({ src_pte: 3, dst_pte: 5 })],
    init: sharedTail,
    bounds: { ...twoPtes, pte: 5 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap'),
      ...nothingCached('thp zap'),
      ...forkOfSwapped,
      'the child holds the second entry, which is the last to be given back': ['thp zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
      'no entry has a swap cache pin': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'vswap_swapcache_only.*',
        'filemap_get_folio.xas_load',
      ],
    },
    counts: [408, 806, 45],
  },
  'thp-zap-vs-reclaim': {
    title: 'Both PTEs of a folio that is in the swap cache are unmapped at once while reclaim drops it',
    run: [thpZap({ pte: 1, end: 2 }), reclaim({})],
    init: inSwapCacheLarge,
    bounds: twoPtes,
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...noZswapToFree('thp zap', 'reclaim'),
      ...cleanUntilOut,
    },
    counts: [2_275, 4_839, 124],
  },
  'thp-zap-none': {
    title: 'A PTE is unmapped whose neighbour is none, and a stranger holds the next entry; the PTE of entry 0 is none',
    run: [thpZap({ pte: 1, end: 2 }), zap({ pte: 3 })],
    init(s) {
      sharedTail(s)
      s.swp_pte_0_is_none = true
      zapTail(s)
    },
    bounds: { ...twoPtes, pte: 3 },
    unreachable: {
      ...noReclaim,
      ...noRead,
      ...thpZapOfSwapped,
      ...zapOfSwapped,
      ...noZswapToFree('thp zap', 'zap'),
      ...nothingCached('thp zap', 'zap'),
      'no entry has a swap cache pin': [
        'free_swap_and_cache_nr.filemap_get_folio',
        'free_swap_and_cache_nr.folio_trylock',
        'vswap_swapcache_only.*',
        'filemap_get_folio.xas_load',
      ],
    },
    counts: [1_067, 2_274, 50],
  },
} satisfies Readonly<Record<string, Pair>>

/** The owner of the first page has unmapped the second. */
function zapTail(s: State): void {
  const [, tail] = s.pte.ids
  const [, , entry] = s.vswap_map.ids
  const desc = entry === undefined ? 0 : s.vswap_map[entry]
  if (tail === undefined || desc === 0) return
  Object.assign(s.pte[tail], { kind: 'none', entry: 0, exclusive: false, stored: 0 })
  s.desc[desc].swap_refs -= 2
}

export const scenarios = pairScenarios(thpZapPairs, thpProperties)
