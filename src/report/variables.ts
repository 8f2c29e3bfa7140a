/** The variables of a spec, down to single values, in the order of the schema. */
import { isMap, isRecord } from 'immutable'
import type { Decoded, DecodedRecord, Field, Path, Scenario } from '../../checker/index.js'
import type { Variable } from '../html/page-data.js'
import { fieldAt, initialValue } from './fields.js'
import { formatPath, formatValue } from './value.js'

export interface Leaf {
  readonly path: Path
  readonly field: Field | undefined
  readonly variable: Variable
}

export function leavesOf(scenario: Scenario, variables: DecodedRecord): Leaf[] {
  return valuesOf(variables).map(([path]) => {
    const field = fieldAt(scenario, { process: undefined, path })
    return { path, field, variable: { path: formatPath(path), initial: formatValue(initialValue(field), field) } }
  })
}

/** Single values by their paths, in the order of the schema. */
export function valuesOf(value: Decoded, path: Path = []): (readonly [Path, Decoded])[] {
  if (isRecord(value)) return Object.entries((value as DecodedRecord).toObject()).flatMap(([key, of]) => valuesOf(of, [...path, key]))
  if (isMap(value)) return [...(value as ReadonlyMap<number, Decoded>)].flatMap(([key, of]) => valuesOf(of, [...path, key]))
  return [[path, value]]
}
