/** What a trace starts with, where that is not what every field starts as anyway. */
import type { Scenario, TraceState } from '../../checker/index.js'
import { fieldAt, isInitial } from './fields.js'
import { formatPath, formatValue } from './value.js'
import { valuesOf } from './variables.js'

/** The variables, and the arguments of each process that has any: `desc[1].life = live`, `CPU0 fault: entry = 1`. */
export function startOf(scenario: Scenario, state: TraceState): string[][] {
  const variables = notable(scenario, undefined, valuesOf(state.variables), 0)
  const processes = state.processes.map(({ name, frames }, process) => {
    const [first, ...rest] = frames.flatMap(({ procedure, locals }) => notable(scenario, process, valuesOf(locals, [procedure]), 1))
    return first === undefined ? [] : [`${name}: ${first}`, ...rest]
  })
  return [variables, ...processes].filter((group) => group.length > 0)
}

/**
 * Single values that are not what they start as anyway.
 *
 * @param hidden how many keys at the start of a path are not shown
 */
export function notable(scenario: Scenario, process: number | undefined, values: ReturnType<typeof valuesOf>, hidden: number): string[] {
  return values.flatMap(([path, value]) => {
    const field = fieldAt(scenario, { process, path })
    return isInitial(value, field) ? [] : [`${formatPath(path.slice(hidden))} = ${formatValue(value, field)}`]
  })
}
