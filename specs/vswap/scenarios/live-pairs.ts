/**
 * Pairs that are checked for liveness, too: from `pairs.ts` and its like, with the same counts. In `+broken` a protection is taken out whose loss
 * makes a thread go round for ever; of the safety properties only those stay that hold even so. In `+unfair` somebody is not bound to go on.
 */
import { type Fairness, type Property, type Scenario, scenario, weak } from '../../../checker/index.js'
import { FaultCompletes, LockReleased, SwapoffTerminates, WaiterWoken } from '../liveness-properties.js'
import { shmemProperties } from '../shmem-properties.js'
import type { State } from '../state.js'
import { swapoffProperties } from '../swapoff-properties.js'
import { vswap } from '../vswap.js'
import type { Pair } from './pair.js'
import { pairs } from './pairs.js'
import { shmemPairs } from './shmem-pairs.js'
import { swapoffPairs } from './swapoff-pairs.js'
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
const ofShmem: Pairs = { 'shmem-folio-vs-folio': shmemPairs['shmem-folio-vs-folio'] }
const ofSwapoff: Pairs = {
  'swapoff-vs-zap': swapoffPairs['swapoff-vs-zap'],
  'swapoff-vs-reclaim': swapoffPairs['swapoff-vs-reclaim'],
  'swapoff-vs-direct': swapoffPairs['swapoff-vs-direct'],
}

const live = (list: Pairs, properties: readonly Property<State>[]): readonly Scenario[] =>
  Object.entries(list).map(([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, {
      ...pair,
      name: `live-${name}`,
      properties: [...properties, LockReleased, WaiterWoken],
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
  ...live(ofSwapoff, [...swapoffProperties, SwapoffTerminates]),
  dead({
    name: 'swap-cache-dropped+broken',
    on: pairs['cached-vs-reclaim'],
    violates: FaultCompletes,
    without: 'recheck the swap count before dropping the swap cache',
    skip: ['BackingLive', 'NoLeak'],
    counts: [742, 1_312, 75],
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
    name: 'cached-vs-cached+unfair',
    on: pairs['cached-vs-cached'],
    violates: WaiterWoken,
    fairness: [weak.processes()],
    counts: pairs['cached-vs-cached'].counts,
  }),
]
