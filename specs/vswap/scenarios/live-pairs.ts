/**
 * Pairs that are checked for liveness, too: from `pairs.ts` and its like, with the same counts. In `+broken` a protection is taken out whose loss
 * makes a thread go round for ever; of the safety properties only those stay that hold even so. In `+unfair` somebody is not bound to go on.
 */
import { type Fairness, type Property, type Scenario, scenario, strong, weak } from '../../../checker/index.js'
import { FaultCompletes, going, LockReleased, SwapoffTerminates, WaiterWoken } from '../liveness-properties.js'
import { memcgProperties } from '../memcg-properties.js'
import { migrateProperties } from '../migrate-properties.js'
import { shmemProperties } from '../shmem-properties.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { thpProperties } from '../thp-properties.js'
import { vswap } from '../vswap.js'
import { memcgPairs } from './memcg-pairs.js'
import { migratePairs } from './migrate-pairs.js'
import type { Pair } from './pair.js'
import { pairs } from './pairs.js'
import { protectionPairs } from './protection-pairs.js'
import { shmemPairs } from './shmem-pairs.js'
import { shmemReclaimPairs } from './shmem-reclaim-pairs.js'
import { swapoffPairs } from './swapoff-pairs.js'
import { swapoffZswapPairs } from './swapoff-zswap-pairs.js'
import { thpFaultPairs } from './thp-fault-pairs.js'
import { wpPairs } from './wp-pairs.js'
import { zswapPairs } from './zswap-pairs.js'

type Pairs = Readonly<Record<string, Pair>>

const ofFaults: Pairs = {
  'direct-vs-direct': pairs['direct-vs-direct'],
  'cached-vs-cached': pairs['cached-vs-cached'],
  'cached-vs-fork': pairs['cached-vs-fork'],
  'cached-vs-reclaim': pairs['cached-vs-reclaim'],
  'direct-vs-reclaim': pairs['direct-vs-reclaim'],
  'zswap-load-vs-shrinker': zswapPairs['zswap-load-vs-shrinker'],
  'store-vs-store': wpPairs['store-vs-store'],
}
const ofShmem: Pairs = {
  'shmem-folio-vs-folio': shmemPairs['shmem-folio-vs-folio'],
  'shmem-vs-truncate': shmemPairs['shmem-vs-truncate'],
  'shmem-reclaim-vs-write': shmemReclaimPairs['shmem-reclaim-vs-write'],
}
const ofMigrate: Pairs = {
  'migrate-folio-vs-fault': migratePairs['migrate-folio-vs-fault'],
  'migrate-mapped-vs-fault': migratePairs['migrate-mapped-vs-fault'],
}
const ofMemcg: Pairs = { 'swap-max-shrinker-vs-zap': memcgPairs['swap-max-shrinker-vs-zap'] }
const ofSwapoff: Pairs = {
  'swapoff-vs-zap': swapoffPairs['swapoff-vs-zap'],
  'swapoff-vs-reclaim': swapoffPairs['swapoff-vs-reclaim'],
  'swapoff-vs-direct': swapoffPairs['swapoff-vs-direct'],
  'swapoff-vs-shrinker': swapoffZswapPairs['swapoff-vs-shrinker'],
}
const ofLarge: Pairs = { 'thp-fault-vs-fault': thpFaultPairs['thp-fault-vs-fault'] }

/** A spin lock serves in order: who waits for one that is taken and released again and again gets it. */
const queued: readonly Fairness<State>[] = [
  ...going,
  strong.steps('do_swap_page.pte_offset_map_lock', 'alloc_swap_folio.pte_offset_map_lock'),
]

const live = (list: Pairs, properties: readonly Property<State>[], fairness = going): readonly Scenario[] =>
  Object.entries(list).map(([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, {
      ...pair,
      name: `live-${name}`,
      properties: [...properties, LockReleased, WaiterWoken],
      fairness,
      expect: { verdict: 'holds', distinct, generated, depth },
    })
  })

interface Dead {
  readonly name: string
  readonly on: Pair
  readonly violates: Property<State>
  readonly without?: string
  /** Properties of states that go first, and are not what this is about. */
  readonly skip?: readonly string[]
  readonly fairness?: readonly Fairness<State>[]
  readonly counts: readonly [number, number, number]
}

const dead = ({ name, on, violates, without, skip = [], fairness, counts }: Dead): Scenario => {
  const { title, run, init, bounds = {} } = on
  const [distinct, generated, depth] = counts
  return scenario(vswap, {
    name: `live-${name}`,
    title,
    run,
    init,
    bounds,
    skip,
    ...(without !== undefined && { without: [without] }),
    ...(fairness && { fairness }),
    properties: [violates],
    expect: { verdict: 'violated', property: violates.name, distinct, generated, depth },
  })
}

export const scenarios: readonly Scenario[] = [
  ...live(ofFaults, [FaultCompletes]),
  ...live(ofShmem, [...shmemProperties, FaultCompletes]),
  ...live(ofMigrate, [...migrateProperties, FaultCompletes]),
  ...live(ofMemcg, memcgProperties),
  ...live(ofLarge, [...thpProperties, FaultCompletes], queued),
  ...live(ofSwapoff, [...swapoffProperties, SwapoffTerminates]),
  ...protectionPairs(
    {
      'live-swapoff-walk-again': {
        title: 'A slot that is allocated and not linked yet is passed over, and swapoff waits for ever',
        without: 'walk the slots again while any is in use',
        violates: SwapoffTerminates.name,
        properties: [SwapoffTerminates],
        on: swapoffPairs['swapoff-vs-reclaim'],
        missing: 'rfc-v2',
        counts: [2_365, 4_466, 133],
      },
    },
    [...swapoffProperties, SwapoffTerminates],
  ),
  dead({
    name: 'swap-cache-dropped+broken',
    on: pairs['cached-vs-reclaim'],
    violates: FaultCompletes,
    without: 'recheck the swap count before dropping the swap cache',
    skip: ['BackingLive', 'NoLeak'],
    counts: [742, 1_312, 75],
  }),
  dead({
    name: 'writeback-gives-up+broken',
    on: memcgPairs['swap-max-shrinker-vs-zap'],
    violates: LockReleased,
    without: 'unlock and put the folio that zswap writeback gives up',
    skip: ['NoLeak'],
    counts: [1_368, 2_698, 65],
  }),
  dead({
    name: 'swapoff-inuse-pages+broken',
    on: swapoffPairs['swapoff-vs-zap'],
    violates: SwapoffTerminates,
    without: 'lower inuse_pages with the slot',
    counts: [3_186, 6_827, 92],
  }),
  dead({
    name: 'cached-vs-reclaim+unfair',
    on: pairs['cached-vs-reclaim'],
    violates: LockReleased,
    fairness: [],
    counts: pairs['cached-vs-reclaim'].counts,
  }),
  dead({
    name: 'thp-fault-vs-fault+unfair',
    on: thpFaultPairs['thp-fault-vs-fault'],
    violates: FaultCompletes,
    fairness: going,
    counts: thpFaultPairs['thp-fault-vs-fault'].counts,
  }),
  dead({
    name: 'cached-vs-cached+unfair',
    on: pairs['cached-vs-cached'],
    violates: WaiterWoken,
    fairness: [weak.processes()],
    counts: pairs['cached-vs-cached'].counts,
  }),
]
