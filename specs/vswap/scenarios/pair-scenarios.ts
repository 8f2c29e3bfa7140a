/** From what a file says of its scenarios to the scenarios. */
import { type Scenario, type ScenarioParts, scenario } from '../../../checker/index.js'
import type { State } from '../state.js'
import { vswap } from '../vswap.js'
import type { Pair } from './pair.js'

/** Each holds. */
export function pairScenarios(
  list: Readonly<Record<string, Pair>>,
  properties: ScenarioParts<State>['properties'] = [],
): readonly Scenario[] {
  return Object.entries(list).map(([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, properties, expect: { verdict: 'holds', distinct, generated, depth } })
  })
}
