/** Every state and step of a scenario that is small enough to be looked at as a whole. */
import { type ReachableGraph, reachable, type Scenario, SpecFault } from '../checker/index.js'
import { exitCodes } from './exit-code.js'
import { badArguments, Refusal } from './refusal.js'

/** @throws Refusal where it is too large, or the spec is at fault */
export function wholeGraph(scenario: Scenario, maxStates: number): ReachableGraph {
  try {
    const graph = reachable(scenario, maxStates)
    if (graph !== undefined) return graph
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const { code } = error.kind === 'schema' ? exitCodes.notLoaded : exitCodes.specError
    throw new Refusal(code, `${scenario.id} cannot be explored: ${error.message}`)
  }
  throw badArguments(`${scenario.id} has more than ${maxStates.toLocaleString('en-US')} states; take a smaller one, or give --max-states`)
}
