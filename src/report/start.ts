/** What a trace starts with, where that is not what every field starts as anyway. */
import { isMap, isRecord } from 'immutable'
import type { Decoded, DecodedRecord, Path, Scenario, TraceState } from '../../checker/index.js'
import { fieldAt, isInitial } from './fields.js'
import { formatPath, formatValue } from './value.js'

/** The variables, and the arguments of each process that has any: `desc[1].life = live`, `CPU0 fault: entry = 1`. */
export function startOf(scenario: Scenario, state: TraceState): string[][] {
  const variables = notable(scenario, undefined, [], state.variables, 0)
  const processes = state.processes.map(({ name, frames }, process) => {
    const [first, ...rest] = frames.flatMap(({ procedure, locals }) => notable(scenario, process, [procedure], locals, 1))
    return first === undefined ? [] : [`${name}: ${first}`, ...rest]
  })
  return [variables, ...processes].filter((group) => group.length > 0)
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
