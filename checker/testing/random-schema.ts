/** Random schemas, and every path to a scalar or to a set in one. */
import { domain } from '../schema/domain.js'
import {
  array,
  bool,
  type Field,
  type Fields,
  int,
  type LocalField,
  oneOf,
  type RecordField,
  record,
  ref,
  type ScalarField,
  type SetField,
  set,
} from '../schema/field.js'
import type { Draw } from './draw.js'

export const DOMAINS = [domain('two', 2), domain('three', 3), domain('few', 4)] as const

/** Sizes of the domains that differ from their defaults. */
export function drawBounds(draw: Draw): Record<string, number> {
  return draw.chance(50) ? { few: draw.int(1, 7) } : {}
}

/** Of one word in most cases, of six and more in some. */
export function drawFields(draw: Draw): Fields {
  const fields = draw.list(2, 5, (i) => [`v${i}`, drawField(draw, 2)] as const)
  const wide = draw.chance(20) ? [['wide', array(DOMAINS[2], record({ far: int(-5, 2 ** 31 - 7), near: drawScalar(draw) }))] as const] : []
  return Object.fromEntries([['few', ref(DOMAINS[2])], ...fields, ...wide])
}

/** @param depth how many composites may lie around what is drawn */
export function drawField(draw: Draw, depth: number): Field {
  const kind = draw.int(0, depth > 0 ? 9 : 5)
  if (kind < 5) return drawScalar(draw)
  if (kind === 5) return set(draw.from(DOMAINS))
  if (kind < 8) return array(draw.from(DOMAINS), drawField(draw, depth - 1))
  return record(Object.fromEntries(draw.list(1, 3, (i) => [`f${i}`, drawField(draw, depth - 1)])))
}

export function drawScalar(draw: Draw): ScalarField {
  const scalars = [bool, int(0, 2), int(-3, 1), oneOf('red', 'green', 'blue'), ref(draw.from(DOMAINS)), draw.from(DOMAINS)]
  return draw.from([...scalars, int(2, 40), int(-(2 ** 31), -2), oneOf('only')])
}

export function drawLocal(draw: Draw): LocalField {
  return draw.chance(20) ? set(draw.from(DOMAINS)) : drawScalar(draw)
}

/** A path whose indices, counted from 0, are not yet fixed: `undefined` stands where one goes. */
export interface Place {
  readonly path: readonly (string | undefined)[]
  readonly field: ScalarField | SetField
}

/** Every scalar and every set of some fields. */
export function placesOf(root: string, fields: Fields): Place[] {
  const inside = (field: Field, path: Place['path']): Place[] => {
    if (field.kind === 'array') return inside(field.of as Field, [...path, undefined])
    if (field.kind !== 'record') return [{ path, field }]
    return Object.entries((field as RecordField<Fields>).fields).flatMap(([name, inner]) => inside(inner, [...path, name]))
  }
  return inside(record(fields), [root])
}
