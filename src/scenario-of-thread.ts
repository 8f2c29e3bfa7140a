/** Where the threads of a search find the scenario that they are to explore: they are given its id. */
import type { Scenario, ScenarioSource } from '../checker/index.js'
import { loadScenarios } from './spec-module.js'

interface Wanted {
  readonly id: string
  /** The user's module, if the scenario comes from one. */
  readonly spec: string | undefined
}

export function sourceOf({ id }: Scenario, spec: string | undefined): ScenarioSource {
  const argument: Wanted = { id, spec }
  return { module: import.meta.url, argument }
}

/** Called in the thread. */
export async function scenarioFor({ id, spec }: Wanted): Promise<Scenario> {
  const scenario = (await loadScenarios(spec)).find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id} in ${spec ?? 'the registry'}`)
  return scenario
}
