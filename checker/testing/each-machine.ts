/** One scenario for each machine: many a `+fixed` one is the pair that it is taken from by another name. */
import type { Scenario } from '../machine/scenario.js'

/** The first of those with the same spec, processes, initial states, bounds, protections and expectation. */
export function eachMachine(scenarios: readonly Scenario[]): Scenario[] {
  const numbers = new Map<unknown, number>()
  const numberOf = (object: unknown): number => numbers.get(object) ?? numbers.set(object, numbers.size).size - 1
  const seen = new Set<string>()
  return scenarios.filter(({ spec, run, init, bounds, without, expect }) => {
    const processes = run?.map(({ name, procedure, args }) => [name, numberOf(procedure), args])
    const key = JSON.stringify([numberOf(spec), processes, numberOf(init), bounds ?? {}, without ?? [], expect])
    return seen.size < seen.add(key).size
  })
}
