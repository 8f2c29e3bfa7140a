/** The module in which the threads of a search find the scenario that they are to explore. */
import type { Scenario } from '../checker/index.js'
import type { Wanted } from './scenario-source.js'
import { loadScenarios } from './spec-module.js'

export async function scenarioFor({ id, spec }: Wanted): Promise<Scenario> {
  const scenario = (await loadScenarios(spec, [id])).find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id} in ${spec ?? 'the registry'}`)
  return scenario
}
