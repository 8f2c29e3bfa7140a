/** Where a finding is shown in the code. */
import type { Located, Region } from '../locate/region.js'
import { beginningOf, propertyDefinition, stepDefinition } from './definitions.js'
import { type Finding, traceOf } from './finding.js'

export type Regions = ReadonlyMap<Located, Region>

/** The step at which it goes wrong, or the property; what is no matter of one step is shown at the first step of all. */
export function placeOf(finding: Finding, regions: Regions): Region | undefined {
  const { scenario } = finding
  const step = traceOf(finding)?.steps.at(-1)
  const candidates = [step && stepDefinition(scenario, step), propertyOf(finding), beginningOf(scenario)]
  return candidates.flatMap((of) => (of === undefined ? [] : (regions.get(of) ?? [])))[0]
}

/** The definition of the property that is violated. */
export function propertyOf({ scenario, verdict }: Pick<Finding, 'scenario' | 'verdict'>): Located | undefined {
  return verdict.kind === 'violated' ? propertyDefinition(scenario, verdict.property) : undefined
}

/** All that a finding may point to. */
export function definitionsOf(finding: Finding): Located[] {
  const { scenario } = finding
  const steps = traceOf(finding)?.steps.map((step) => stepDefinition(scenario, step)) ?? []
  return [...steps, propertyOf(finding), beginningOf(scenario)].filter((of) => of !== undefined)
}
