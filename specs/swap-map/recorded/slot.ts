/** One slot as a recorded kernel shows it: its processes, what must be true of it, and the scenario that recordings are held against. */
import { type Process, process, scenario } from '../../../checker/index.js'
import { has_cache } from './count.js'
import { action, invariant, type protections, type State, spec } from './state.js'
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

export const swap_slot = spec({
  name: 'swap-slot',
  title: 'One slot of a swap device, as a recorded kernel of Linux 6.12 shows it',
  actions: [swapon],
  properties: [HasCacheOwned, FreeSlotEmpty],
  final: () => true,
})

const start = (name: string, procedure: (typeof swapfile)[keyof typeof swapfile] | (typeof zswap)[keyof typeof zswap]): Process =>
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

/** What recordings are held against: any number of counts. It is followed, not explored. */
export const anyKernel = scenario(swap_slot, {
  name: 'any-kernel',
  title: 'Whatever a kernel does with one slot',
  run: functions,
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

export const scenarios = [
  twoCounts,
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
