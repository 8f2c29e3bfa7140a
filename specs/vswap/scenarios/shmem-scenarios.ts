/** From what a file says of its scenarios of shmem to the scenarios. */
import { type Scenario, scenario } from '../../../checker/index.js'
import { shmemProperties } from '../shmem-properties.js'
import { vswap } from '../vswap.js'
import type { Pair } from './pairs.js'

/** Each holds. */
export function shmemScenarios(list: Readonly<Record<string, Pair>>): readonly Scenario[] {
  return Object.entries(list).map(([name, { counts, ...pair }]) => {
    const [distinct, generated, depth] = counts
    return scenario(vswap, { name, ...pair, properties: shmemProperties, expect: { verdict: 'holds', distinct, generated, depth } })
  })
}
