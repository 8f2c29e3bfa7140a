/** What a trace starts with, where that is not what every field starts as anyway. */
import { isMap, isRecord } from 'immutable'
import type { Decoded, DecodedRecord, Path, Scenario, TraceState } from '../../checker/index.js'
import { fieldAt, isInitial } from './fields.js'
import { formatPath, formatValue } from './value.js'

/** `desc[1].life = live`, and for each process that was given arguments, `CPU0 fault: entry = 1`. */
export function startOf(scenario: Scenario, state: TraceState): string[] {
  const variables = notable(scenario, undefined, [], state.variables, 0)
  const processes = state.processes.flatMap(({ name, frames }, process) => {
    const values = frames.flatMap(({ procedure, locals }) => notable(scenario, process, [procedure], locals, 1))
    return values.length === 0 ? [] : [`${name}: ${values.join(', ')}`]
  })
  return [...(variables.length === 0 ? [] : [variables.join(', ')]), ...processes]
}

/** @param hidden how many keys at the start of the path are not shown */
function notable(scenario: Scenario, process: number | undefined, path: Path, value: Decoded, hidden: number): string[] {
  const inner = partsOf(value)
  if (inner !== undefined) return inner.flatMap(([key, of]) => notable(scenario, process, [...path, key], of, hidden))
  const field = fieldAt(scenario, { process, path })
  return isInitial(value, field) ? [] : [`${formatPath(path.slice(hidden))} = ${formatValue(value, field)}`]
}

function partsOf(value: Decoded): [string | number, Decoded][] | undefined {
  if (isRecord(value)) return Object.entries((value as DecodedRecord).toObject())
  return isMap(value) ? [...(value as ReadonlyMap<number, Decoded>)] : undefined
}
