/** From what a file says of its scenarios of shmem to the scenarios. */

import type { Scenario } from '../../../checker/index.js'
import { shmemProperties } from '../shmem-properties.js'
import type { Pair } from './pair.js'
import { pairScenarios } from './pair-scenarios.js'

/** Each holds. */
export function shmemScenarios(list: Readonly<Record<string, Pair>>): readonly Scenario[] {
  return pairScenarios(list, shmemProperties)
}
