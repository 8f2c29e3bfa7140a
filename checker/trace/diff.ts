/** Where two states of a trace differ, down to single values. */
import { is, isMap, isRecord } from 'immutable'
import type { Decoded } from '../schema/decode.js'
import type { ProcessState, TraceState } from './trace.js'

/** Names of fields, and ordinals of array elements: `['desc', 1, 'swap_refs']`. */
export type Path = readonly (string | number)[]

/** `before` and `after` are undefined where there is no such value on that side. */
export interface Difference {
  /** Index of the process that it is in; undefined for the spec's variables. */
  readonly process: number | undefined
  /**
   * In a process: `[procedure, local]` for an argument or a local of an active frame, `['at']` for where it is, `['stack']` for the
   * procedures that are active, outermost first, and `['name']` for its name.
   */
  readonly path: Path
  readonly before: Decoded | undefined
  readonly after: Decoded | undefined
}

/** Everything that differs, the spec's variables first; nothing if and only if the states are equal. */
export function diffStates(before: TraceState, after: TraceState): Difference[] {
  const count = Math.max(before.processes.length, after.processes.length)
  return [
    ...diffValues(undefined, [], before.variables, after.variables),
    ...Array.from({ length: count }, (_, i) => diffProcesses(i, before.processes[i], after.processes[i])).flat(),
  ]
}

function diffProcesses(process: number, before: ProcessState | undefined, after: ProcessState | undefined): Difference[] {
  const procedures = union(
    before?.frames.map((f) => f.procedure),
    after?.frames.map((f) => f.procedure),
  )
  const locals = (state: ProcessState | undefined, procedure: string) => state?.frames.find((f) => f.procedure === procedure)?.locals
  const stack = (state: ProcessState | undefined) => state?.frames.map((f) => f.procedure).join(' > ')
  return [
    ...diffValues(process, ['name'], before?.name, after?.name),
    ...diffValues(process, ['at'], before?.at, after?.at),
    ...diffValues(process, ['stack'], stack(before), stack(after)),
    ...procedures.flatMap((p) => diffLocals(process, p, locals(before, p), locals(after, p))),
  ]
}

/** A frame that was entered or left differs in each of its locals. */
function diffLocals(process: number, procedure: string, before: Decoded | undefined, after: Decoded | undefined): Difference[] {
  const names = union(keysOf(before), keysOf(after))
  return names.flatMap((name) => diffValues(process, [procedure, name], valueAt(before, name), valueAt(after, name)))
}

function diffValues(process: number | undefined, path: Path, before: Decoded | undefined, after: Decoded | undefined): Difference[] {
  const bothRecords = isRecord(before) && isRecord(after)
  const bothMaps = isMap(before) && isMap(after)
  if (bothRecords || bothMaps) {
    const keys = union(keysOf(before), keysOf(after))
    return keys.flatMap((key) => diffValues(process, [...path, key], valueAt(before, key), valueAt(after, key)))
  }
  return is(before, after) ? [] : [{ process, path, before, after }]
}

function keysOf(value: Decoded | undefined): (string | number)[] {
  if (isRecord(value)) return Object.keys(value.toObject())
  return isMap(value) ? [...(value as ReadonlyMap<number, Decoded>).keys()] : []
}

function valueAt(value: Decoded | undefined, key: string | number): Decoded | undefined {
  if (isRecord(value)) return value.has(String(key)) ? (value.get(String(key), undefined) as Decoded | undefined) : undefined
  return isMap(value) ? (value as ReadonlyMap<number, Decoded>).get(key as number) : undefined
}

function union<K>(a: readonly K[] = [], b: readonly K[] = []): K[] {
  return [...new Set([...a, ...b])]
}
