/** A field of the state that somebody looks for: `desc[1].swap_refs = 3`, or without a value, where it changes. It is parsed, and never run. */
import { type Field, type Path, type Property, type Scenario, Thread } from '../../checker/index.js'
import { nearest } from '../nearest.js'
import { badArguments, type Refusal } from '../refusal.js'
import { formatPath } from '../report/value.js'
import { parseFieldValue, shownValue } from './field-value.js'

export const SOUGHT = 'Sought'

const shape = /^\s*(?<path>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[\d+\])*)\s*(?:={1,3}\s*(?<value>[^=\s](?:[^=]*[^=\s])?)\s*)?$/

/**
 * @returns a property that is violated where the field has the value, or by the first step that changes it
 * @throws Refusal where there is no such field, or it cannot have such a value
 */
export function soughtField(scenario: Scenario, text: string): Property {
  const { path: written = '', value } = shape.exec(text)?.groups ?? {}
  if (written === '') throw badArguments(`expected a field, and a value or none, such as desc[1].swap_refs = 3; came '${text}'`)
  const path = [...written.matchAll(/\[(\d+)\]|\w+/g)].map(([key, index]) => (index === undefined ? key : Number(index)))
  const field = leafAt(scenario, path)
  const at = (s: object): string => shownValue(valueAt(s, path))
  if (value === undefined) {
    return { kind: 'step', name: SOUGHT, sentence: `${written} changes.`, holds: (before, after) => at(before) === at(after) }
  }
  const sought = parseFieldValue(field, value, written, (domain) => sizeOf(scenario, domain))
  return { kind: 'invariant', name: SOUGHT, sentence: `${written} is ${value}.`, holds: (s) => at(s) !== sought }
}

/** The fields without parts, as one would write them; not more than `most`. */
export function fieldNames(scenario: Scenario, most: number): string[] {
  const names: string[] = []
  const visit = (field: Field, path: Path): void => {
    if (names.length >= most) return
    if (field.kind === 'record') for (const [key, of] of fieldsOf(field)) visit(of, [...path, key])
    else if (field.kind === 'array') for (let i = 1; i <= sizeOf(scenario, field.domain); i++) visit(field.of as Field, [...path, i])
    else names.push(formatPath(path))
  }
  visit(scenario.spec.state as Field, [])
  return names
}

/** The field at the end of a path, which must have no parts. */
function leafAt(scenario: Scenario, path: Path): Field {
  let field = scenario.spec.state as Field
  path.forEach((key, i) => {
    field = partOf(scenario, field, key, path.slice(0, i))
  })
  if (field.kind === 'record' || field.kind === 'array') throw wrongKey(scenario, field, undefined, path)
  return field
}

function partOf(scenario: Scenario, field: Field, key: string | number, before: Path): Field {
  if (field.kind === 'array' && typeof key === 'number' && key >= 1 && key <= sizeOf(scenario, field.domain)) return field.of as Field
  const part = field.kind === 'record' ? fieldsOf(field).find(([name]) => name === key)?.[1] : undefined
  if (part === undefined) throw wrongKey(scenario, field, key, before)
  return part
}

function wrongKey(scenario: Scenario, field: Field, key: string | number | undefined, before: Path): Refusal {
  const where = before.length === 0 ? 'the state' : formatPath(before)
  const came = key === undefined ? 'it came alone' : `came ${typeof key === 'number' ? `[${key}]` : `'${key}'`}`
  if (field.kind === 'array') {
    const size = sizeOf(scenario, field.domain)
    return badArguments(`${where} is an array: expected ${where}[1]${size > 1 ? ` to ${where}[${size}]` : ''}; ${came}`)
  }
  if (field.kind !== 'record') return badArguments(`${where} has no parts; ${came}`)
  const names = fieldsOf(field).map(([name]) => name)
  const near = typeof key === 'string' ? nearest(key, names, 3) : []
  return badArguments(`${where} has ${names.join(', ')}; ${came}${near[0] === undefined ? '' : `: did you mean ${near[0]}?`}`)
}

function fieldsOf(field: Extract<Field, { kind: 'record' }>): [string, Field][] {
  return Object.entries(field.fields as Record<string, Field>)
}

function sizeOf({ bounds = {}, run = [] }: Scenario, domain: { readonly name: string; readonly size: number }): number {
  return domain === (Thread as unknown) ? Math.max(1, run.length) : (bounds[domain.name] ?? domain.size)
}

/** Every key is one of the schema. */
function valueAt(s: object, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], s)
}
