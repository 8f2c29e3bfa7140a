/** From what a file says of its scenarios to the scenarios: those that hold, and a protection with the two scenarios that it makes. */
import { type Fairness, type Process, type Property, type Scenario, scenario } from '../../../checker/index.js'
import { Refines } from '../refines-page.js'
import type { protections, State } from '../state.js'
import { swap_map } from '../swap-map.js'

/** A scenario that holds. */
export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
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

/** Each holds, and refines `specs/page`, too. */
export const pairScenarios = (list: Readonly<Record<string, Pair>>): readonly Scenario[] =>
  Object.entries(list).map(([name, { counts, ...pair }]) =>
    scenario(swap_map, {
      name,
      ...pair,
      properties: [...(pair.properties ?? []), Refines],
      expect: { verdict: 'holds', ...counted(counts) },
    }),
  )

export const protectionPairs = (list: Readonly<Record<string, Protection>>): readonly Scenario[] =>
  Object.entries(list).flatMap(([name, { without, violates, missing = 'broken', skip = [], broken, counts, unreachable, ...parts }]) => [
    scenario(swap_map, {
      ...parts,
      name: `${name}+${missing}`,
      skip,
      without: [without],
      expect: { verdict: 'violated', property: violates, ...counted(broken) },
    }),
    scenario(swap_map, { ...parts, name: `${name}+fixed`, unreachable, expect: { verdict: 'holds', ...counted(counts) } }),
  ])
