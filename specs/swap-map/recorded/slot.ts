/** One slot as a recorded kernel shows it: its processes, what must be true of it, and the scenario that recordings are held against. */
import { type Process, process, scenario } from '../../../checker/index.js'
import * as continuation from './continuation.js'
import { count, has_cache } from './count.js'
import {
  action,
  COUNT_CONTINUED,
  invariant,
  type protections,
  type State,
  SWAP_HAS_CACHE,
  SWAP_MAP_MAX,
  SWAP_MAP_SHMEM,
  spec,
} from './state.js'
import * as swapfile from './swapfile.js'
import * as zswap from './zswap.js'

/** _enable_swap_info() of a new swap_map: swapoff has left nothing in the old one. */
export const swapon = action('_enable_swap_info', {
  guard: ({ swap_map, swapper_space, swap_slots, zswap_tree }) => swap_map === 0 && !swapper_space && swap_slots === 'none' && !zswap_tree,
  effect() {},
})

const HasCacheOwned = invariant(
  'HasCacheOwned',
  'SWAP_HAS_CACHE is set exactly while the swap cache, a thread, or a cache of free slots has the slot, and only one of them.',
  (s: State) => [s.swapper_space, s.pin !== 0, s.swap_slots !== 'none'].filter(Boolean).length === Number(has_cache(s)),
)

const FreeSlotEmpty = invariant(
  'FreeSlotEmpty',
  'zswap has nothing for a slot that is free.',
  (s: State) => s.swap_map !== 0 || (!s.zswap_tree && !s.swapper_space),
)

const ContinuedExact = invariant(
  'ContinuedExact',
  'A byte of swap_map says that its count goes on exactly where it does, whenever nobody has its cluster locked.',
  (s: State) => s.ci_lock !== 0 || count(s) === SWAP_MAP_SHMEM || ((count(s) & COUNT_CONTINUED) !== 0) === s.continued > 0,
)

export const swap_slot = spec({
  name: 'swap-slot',
  title: 'One slot of a swap device, as a recorded kernel of Linux 6.12 shows it',
  actions: [swapon],
  properties: [HasCacheOwned, FreeSlotEmpty, ContinuedExact],
  final: () => true,
})

type Procedures = typeof swapfile & typeof continuation & typeof zswap

const start = (name: string, procedure: Procedures[keyof Procedures]): Process =>
  process(name, procedure as typeof swapfile.put_swap_folio)({})

const UNBOUNDED = 255

/** Each function once: no two threads are inside of the same one for the same slot, but in accesses that are one step. */
const functions: readonly Process[] = [
  start('alloc', swapfile.cluster_alloc_range),
  start('add', swapfile.add_to_swap_cache),
  start('duplicate', swapfile.swap_duplicate),
  start('shmem', swapfile.swap_shmem_alloc),
  start('swapin', swapfile.__read_swap_cache_async),
  start('direct swapin', swapfile.direct_swapin),
  start('swap_free', swapfile.cluster_swap_free_nr),
  start('zap', swapfile.free_swap_and_cache_nr),
  start('delete', swapfile.delete_and_put),
  start('direct reclaim', swapfile.__try_to_reclaim_swap),
  start('put', swapfile.put_swap_folio),
  start('free', swapfile.swap_entry_range_free),
  start('read', swapfile.swap_read_folio),
  start('write', swapfile.__swap_writepage),
  start('zswap store', zswap.zswap_store),
  start('zswap reject', zswap.zswap_store_rejected),
  start('zswap load', zswap.zswap_load),
  start('zswap direct load', zswap.zswap_load_direct),
  start('zswap writeback', zswap.zswap_writeback_entry),
  start('zswap writeback, given up', zswap.zswap_writeback_given_up),
  start('zswap shrinker', zswap.shrink_memcg_cb),
]

/** Of a slot whose count goes on. */
const continued: readonly Process[] = [
  start('carry', continuation.swap_duplicate_continued),
  start('swap_free, borrow', continuation.cluster_swap_free_nr_continued),
  start('zap, borrow', continuation.free_swap_and_cache_nr_continued),
]

/** What recordings are held against: any number of counts. It is followed, not explored. */
export const anyKernel = scenario(swap_slot, {
  name: 'any-kernel',
  title: 'Whatever a kernel does with one slot',
  run: [...functions, ...continued],
  init: (s) => {
    s.most = UNBOUNDED
  },
  set: 'nightly',
  expect: { verdict: 'incomplete', distinct: 0, generated: 0, depth: 0 },
})

/** With up to two counts. */
const withTwoCounts = {
  run: functions,
  init: (s: State) => {
    s.most = 2
  },
}

const unreachable = {
  'zswap has nothing for a slot that was never used': [
    'put/zswap_entry_free.call',
    'put/zswap_entry_free.list_lru_del',
    'put/zswap_invalidate.done',
  ],
}

/** Every state of the slot. */
export const twoCounts = scenario(swap_slot, {
  ...withTwoCounts,
  name: 'two-counts',
  title: 'One slot that at most two hold, and all that a thread may be inside of',
  unreachable,
  expect: { verdict: 'holds', distinct: 6_012, generated: 42_970, depth: 30 },
})

type Counts = readonly [distinct: number, generated: number, depth: number]

function protectedOrNot(name: string, title: string, without: (typeof protections)[number], property: string, counts: Counts) {
  const [distinct, generated, depth] = counts
  const expect = { verdict: 'violated', property, distinct, generated, depth } as const
  return [
    scenario(swap_slot, { ...withTwoCounts, name: `${name}+broken`, title, without: [without], expect }),
    scenario(swap_slot, { ...withTwoCounts, name: `${name}+fixed`, title, unreachable, expect: twoCounts.expect }),
  ]
}

/** A folio in the swap cache, of a slot with one count less than a byte has room for. */
const withManyCounts = {
  run: [
    start('duplicate', swapfile.swap_duplicate),
    start('swap_free', swapfile.cluster_swap_free_nr),
    start('zap', swapfile.free_swap_and_cache_nr),
    start('swapin', swapfile.__read_swap_cache_async),
    start('delete', swapfile.delete_and_put),
    start('free', swapfile.swap_entry_range_free),
    ...continued,
  ],
  init: (s: State) => {
    s.swap_map = SWAP_HAS_CACHE | (SWAP_MAP_MAX - 1)
    s.swapper_space = true
    s.most = 2 * SWAP_MAP_MAX + 3
  },
}

export const scenarios = [
  twoCounts,
  scenario(swap_slot, {
    ...withManyCounts,
    name: 'continued+broken',
    title: 'A count is carried to its continuation without ci->lock',
    without: ['hold ci->lock from the continuation to swap_map'],
    expect: { verdict: 'violated', property: 'ContinuedExact', distinct: 9, generated: 17, depth: 3 },
  }),
  scenario(swap_slot, {
    ...withManyCounts,
    name: 'continued+fixed',
    title: 'A count is carried to its continuation, and borrowed from it',
    unreachable: {
      'zswap has nothing here': ['swap_free', 'zap', 'delete'].flatMap((name) =>
        ['zswap_invalidate.done', 'zswap_entry_free.call', 'zswap_entry_free.list_lru_del'].map((step) => `${name}/${step}`),
      ),
    },
    expect: { verdict: 'holds', distinct: 549, generated: 2_083, depth: 72 },
  }),
  ...protectedOrNot(
    'second-owner',
    'swapcache_prepare() gives SWAP_HAS_CACHE to a thread while another has it',
    'refuse a second owner of SWAP_HAS_CACHE',
    'HasCacheOwned',
    [114, 271, 5],
  ),
  ...protectedOrNot(
    'left-in-zswap',
    'A slot is freed, and zswap keeps what it had for it',
    'take from zswap what a freed slot has there',
    'FreeSlotEmpty',
    [1_665, 9_520, 11],
  ),
]
