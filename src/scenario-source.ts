/** Where the threads of a search find the scenario that they are to explore: they are given its id. */
import type { Scenario, ScenarioSource } from '../checker/index.js'

export interface Wanted {
  readonly id: string
  /** The user's module, if the scenario comes from one. */
  readonly spec: string | undefined
}

/** What threads load before they know of a scenario; of the user's module, which alone they need, nothing else. */
export function moduleOfThreads(spec: string | undefined): string {
  return new URL(spec === undefined ? './scenario-of-registry.js' : './scenario-of-thread.js', import.meta.url).href
}

export function sourceOf({ id }: Scenario, spec: string | undefined): ScenarioSource {
  const argument: Wanted = { id, spec }
  return { module: moduleOfThreads(spec), argument }
}
