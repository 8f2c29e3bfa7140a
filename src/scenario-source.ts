/** Where the threads of a search find the scenario that they are to explore: they are given its id. */
import type { Scenario, ScenarioSource } from '../checker/index.js'
import { specsNamed } from './spec-module.js'

export interface Wanted {
  readonly id: string
  /** The user's module, if the scenario comes from one. */
  readonly spec: string | undefined
}

/**
 * What threads load before they know of a scenario; of the user's module, which alone they need, nothing else.
 *
 * @param named as of `loadScenarios`
 */
export function moduleOfThreads(spec: string | undefined, named: readonly string[]): string {
  if (spec !== undefined) return new URL('./scenario-of-thread.js', import.meta.url).href
  const module = new URL('./scenario-of-registry.js', import.meta.url)
  for (const name of specsNamed(named)) module.searchParams.append('spec', name)
  return module.href
}

export function sourceOf({ id }: Scenario, spec: string | undefined): ScenarioSource {
  const argument: Wanted = { id, spec }
  return { module: moduleOfThreads(spec, [id]), argument }
}
