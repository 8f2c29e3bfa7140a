/** From what a file says of its scenarios to the scenarios: those that hold, and a protection with the two scenarios that it makes. */
import { type Fairness, type Process, type Property, type Scenario, scenario } from '../../../checker/index.js'
import { MemswExact } from '../memsw-exact.js'
import { Refines } from '../refines-page.js'
import type { protections, State } from '../state.js'
import { swap_map } from '../swap-map.js'
import { zswapProperties } from '../zswap-properties.js'
import { present, unreachableOf, type Zswap } from './zswap-unreachable.js'

/** A scenario that holds. */
export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  /** With zswap in front of the device, as of this kernel. */
  readonly zswap?: Zswap
  /** Its memcgs are of cgroup v1, and MemswExact is asked, too. */
  readonly memsw?: true
  /** Besides what cannot fire for want of zswap, or of cgroup v1. */
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  /** In place of the spec's. */
  readonly fairness?: readonly Fairness<State>[]
  /** What is searched for besides what is said of every scenario. */
  readonly properties?: readonly Property<State>[]
  /** Distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

/** `+fixed` is the pair as it is; `+broken` does without the protection, and violates what is named. */
export interface Protection extends Pair {
  readonly without: (typeof protections)[number]
  readonly violates: string
  /** The kernel that has the bug to this day. */
  readonly missing?: 'v6.14'
  /** Properties that would go first, and are not what this is about. */
  readonly skip?: readonly string[]
  /** Of the scenario without it: distinct, generated, depth. */
  readonly broken: readonly [number, number, number]
}

const counted = ([distinct, generated, depth]: Pair['counts']) => ({ distinct, generated, depth })

/** What is searched for besides the spec's own. */
const searchedFor = ({ zswap, memsw, properties = [] }: Pair) => [
  ...(zswap === undefined ? [] : zswapProperties),
  ...(memsw === undefined ? [] : [MemswExact]),
  ...properties,
]

const ofMemsw = {
  'no memcg is of cgroup v1': [
    'shrink_folio_list.mem_cgroup_swapout',
    '__read_swap_cache_async.mem_cgroup_swapin_uncharge_swap',
    'do_swap_page.mem_cgroup_swapin_uncharge_swap',
  ],
}

const unreachableIn = ({ run, bounds = {}, zswap, memsw, unreachable }: Pair) => ({
  ...(memsw === undefined && present(run, ofMemsw)),
  ...(zswap === undefined ? unreachable : present(run, unreachable)),
  ...unreachableOf(run, zswap, bounds.objcg !== undefined),
})

/** What the scenarios of a pair have in common. */
const partsOf = ({ title, run, init, bounds = {}, fairness }: Pair) => ({ title, run, init, bounds, ...(fairness && { fairness }) })

const holds = (name: string, pair: Pair): Scenario =>
  scenario(swap_map, {
    ...partsOf(pair),
    name,
    properties: searchedFor(pair),
    unreachable: unreachableIn(pair),
    expect: { verdict: 'holds', ...counted(pair.counts) },
  })

/** Each holds, and refines `specs/page`, too. */
export const pairScenarios = (list: Readonly<Record<string, Pair>>): readonly Scenario[] =>
  Object.entries(list).map(([name, pair]) => holds(name, { ...pair, properties: [...(pair.properties ?? []), Refines] }))

export const protectionPairs = (list: Readonly<Record<string, Protection>>): readonly Scenario[] =>
  Object.entries(list).flatMap(([name, pair]) => [
    scenario(swap_map, {
      ...partsOf(pair),
      name: `${name}+${pair.missing ?? 'broken'}`,
      properties: searchedFor(pair),
      skip: pair.skip ?? [],
      without: [pair.without],
      expect: { verdict: 'violated', property: pair.violates, ...counted(pair.broken) },
    }),
    holds(`${name}+fixed`, pair),
  ])
