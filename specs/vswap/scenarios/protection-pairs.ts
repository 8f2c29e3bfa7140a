/** A protection of the protocol, and the pair of scenarios that it makes. */
import { type Scenario, type ScenarioParts, scenario } from '../../../checker/index.js'
import type { protections, State } from '../state.js'
import { vswap } from '../vswap.js'
import type { Pair } from './pair.js'

export interface Protection {
  readonly title: string
  readonly without: (typeof protections)[number]
  readonly violates: string
  readonly on: Pair
  readonly missing?: 'rfc-v2'
  /** Of the scenario without it: distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}

export const protectionPairs = (
  list: Readonly<Record<string, Protection>>,
  properties: ScenarioParts<State>['properties'] = [],
): readonly Scenario[] =>
  Object.entries(list).flatMap(([name, { title, without, violates, on, missing = 'broken', counts }]) => {
    const { run, init, bounds = {}, unreachable } = on
    const parts = { title, run, init, bounds, properties } satisfies Partial<ScenarioParts<State>>
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
        without: [without],
        expect: { ...expected('violated', counts), property: violates },
      }),
      scenario(vswap, { ...parts, name: `${name}+fixed`, unreachable, expect: expected('holds', on.counts) }),
    ]
  })
