/** A protection of the protocol, and the pair of scenarios that it makes. */
import { type Scenario, type ScenarioParts, scenario } from '../../../checker/index.js'
import type { protections, State } from '../state.js'
import { vswap } from '../vswap.js'
import type { Pair } from './pair.js'

type Properties = ScenarioParts<State>['properties']

export interface Protection {
  readonly title: string
  readonly without: (typeof protections)[number]
  readonly violates: string
  readonly on: Pair
  readonly missing?: 'rfc-v2'
  /** What is searched for without it: all that is said of the list, unless a smaller harm would hide the one that is meant. */
  readonly properties?: Properties
  /** Properties that would go first, and are not what this is about. */
  readonly skip?: readonly string[]
  /** Of the scenario without it: distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

/** `of` is what must be true of the pairs of the list besides what is always true. */
export const protectionPairs = (list: Readonly<Record<string, Protection>>, of: Properties = []): readonly Scenario[] =>
  Object.entries(list).flatMap(([name, { title, without, violates, on, missing = 'broken', properties = of, skip = [], counts }]) => {
    const { run, init, bounds = {}, unreachable, fairness } = on
    const parts = { title, run, init, bounds, ...(fairness && { fairness }) } satisfies Partial<ScenarioParts<State>>
    const expected = (verdict: 'violated' | 'holds', [distinct, generated, depth]: Pair['counts']) => ({
      verdict,
      distinct,
      generated,
      depth,
    })
    return [
      scenario(vswap, {
        ...parts,
        name: `${name}+${missing}`,
        properties,
        skip,
        without: [without],
        expect: { ...expected('violated', counts), property: violates },
      }),
      scenario(vswap, { ...parts, name: `${name}+fixed`, properties: of, unreachable, expect: expected('holds', on.counts) }),
    ]
  })
