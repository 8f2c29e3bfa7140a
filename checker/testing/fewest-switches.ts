/** The fewest switches between processes that any shortest counterexample can have, found by trying all of them on the toy. */
import { Map as ImmutableMap, Set as ImmutableSet, List } from 'immutable'
import type { Scenario } from '../machine/scenario.js'
import { type State, ToyMachine } from './toy-machine.js'
import type { Arrival } from './walk.js'

/** A state, and the process that moved last on the way there. */
type Stop = List<State | number | undefined>

/**
 * @param length states in a shortest counterexample
 * @param isEnd may a counterexample end like this?
 */
export function fewestSwitches(scenario: Scenario, length: number, isEnd: (arrival: Arrival) => boolean): number {
  const machine = new ToyMachine(scenario)
  let seen = ImmutableSet(machine.initial())
  let stops = ImmutableMap<Stop, number>(machine.initial().map((state) => [List([state, undefined]), 0]))
  let best = length === 1 ? 0 : Number.POSITIVE_INFINITY
  for (let reached = 2; reached <= length; reached++) {
    const next = ImmutableMap<Stop, number>().asMutable()
    for (const [stop, switches] of stops) {
      const [from, last] = stop as unknown as [State, number | undefined]
      for (const edge of machine.edges(from)) {
        const cost = switches + switchesBetween(last, edge.process)
        if (reached === length && isEnd({ state: edge.to, last: { from, edge } })) best = Math.min(best, cost)
        if (edge.failed !== undefined || seen.has(edge.to)) continue
        const to: Stop = List([edge.to, edge.process ?? last])
        next.set(to, Math.min(cost, next.get(to, cost)))
      }
    }
    stops = next.asImmutable()
    seen = seen.union(stops.keySeq().map((stop) => stop.first() as State))
  }
  return best
}

/** Actions belong to no process, and do not count. */
export function switchesBetween(last: number | undefined, process: number | undefined): number {
  return last === undefined || process === undefined || last === process ? 0 : 1
}
