/** Migration of a folio in the swap cache against each process that can meet it there. */
import { process, type Scenario, scenario } from '../../checker/index.js'
import { migrate_folio } from './migrate-folio.js'
import { cleanAndUnmapped } from './other-pairs.js'
import type { Pair } from './pairs.js'
import type { State } from './state.js'
import { asynchronous, nobodyElseFaults, noRead, noReclaim, pinned, swapfileOnly, writtenOnce, zapOfSwapped } from './unreachable.js'
import { fault, inSwapCache, reclaim, vswap, zap } from './vswap.js'

const migrate = process('migrate', migrate_folio)({})
const cached = (s: State) => inSwapCache(s, 1)

export const migratePairs = {
  'migrate-vs-fault': {
    title: 'A folio in the swap cache is migrated while its owner faults on it',
    run: [migrate, fault({ pte: 1, write: true })],
    init: cached,
    unreachable: {
      ...swapfileOnly('fault'),
      'the fault reads nothing into the swap cache': [
        '__read_swap_cache_async.*',
        'vswap_folio_backed.*',
        'swap_read_folio.*',
        'swap_zeromap_batch.*',
        'zswap_load.*',
      ],
      ...noReclaim,
      ...noRead,
      ...asynchronous,
      ...nobodyElseFaults,
      ...pinned,
      'a folio is in the swap cache to the end': [
        'do_swap_page.swapin_readahead',
        'read_swap_cache_async.*',
        'swp_swapcount.*',
        'swapcache_prepare.*',
      ],
    },
    counts: [888, 1_757, 64],
  },
  'migrate-vs-zap': {
    title: 'A folio in the swap cache is migrated while its owner unmaps it',
    run: [migrate, zap({ pte: 1 })],
    init: cached,
    unreachable: {
      ...swapfileOnly('zap'),
      ...noReclaim,
      ...noRead,
      ...zapOfSwapped,
      'the swap cache holds the entry when its count is dropped': ['zap/vswap_free_nr_any_cache_only.rcu_read_unlock'],
    },
    counts: [738, 1_463, 52],
  },
  'migrate-vs-reclaim': {
    title: 'A folio in the swap cache is migrated while reclaim takes it',
    run: [migrate, reclaim({})],
    init: cached,
    unreachable: {
      ...swapfileOnly('reclaim'),
      ...writtenOnce,
      'nothing is written out': ['zswap_store.*', 'vswap_store_folio.*', 'vswap_alloc_swap_slot.*', 'release_backing.*'],
      ...noRead,
      ...cleanAndUnmapped,
    },
    counts: [153, 279, 27],
  },
} satisfies Readonly<Record<string, Pair>>

export const scenarios: readonly Scenario[] = Object.entries(migratePairs as Readonly<Record<string, Pair>>).map(
  ([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, expect: { verdict: 'holds', distinct, generated, depth } })
  },
)
