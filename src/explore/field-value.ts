/** Values of fields as somebody types them, compared as text: `3`, `true`, `swap`, `NULL`, `{1,2}`. */
import type { Field } from '../../checker/index.js'
import { nearest } from '../nearest.js'
import { badArguments } from '../refusal.js'

type SizeOf = (domain: { readonly name: string; readonly size: number }) => number

/**
 * @returns what `shownValue` gives for it
 * @throws Refusal where the field cannot have it
 */
export function parseFieldValue(field: Field, text: string, name: string, sizeOf: SizeOf): string {
  const refuse = (expected: string) => badArguments(`${name} is ${expected}; came '${text}'`)
  switch (field.kind) {
    case 'int':
      return wholeFrom(text, field.lo, field.hi) ?? raise(refuse(`a whole number from ${field.lo} to ${field.hi}`))
    case 'bool':
      return text === 'true' || text === 'false' ? text : raise(refuse('true or false'))
    case 'oneOf': {
      if (field.names.includes(text)) return text
      const [near] = nearest(text, field.names, 3)
      return raise(refuse(`one of ${field.names.join(', ')}${near === undefined ? '' : ` (did you mean ${near}?)`}`))
    }
    case 'set': {
      const size = sizeOf(field.domain)
      return elements(text, size) ?? raise(refuse(`a set of 1 to ${size}, such as {} or {1}`))
    }
    case 'ref':
      return text === 'NULL' ? '0' : (wholeFrom(text, 0, sizeOf(field.domain)) ?? raise(refuse(`NULL, or 1 to ${sizeOf(field.domain)}`)))
    case 'domain':
      return wholeFrom(text, 1, sizeOf(field)) ?? raise(refuse(`1 to ${sizeOf(field)}`))
    default:
      return raise(refuse('of several parts'))
  }
}

/** Of a value in the view of a state. */
export function shownValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  return `{${(value as { toArray(): readonly unknown[] }).toArray().join(',')}}`
}

function wholeFrom(text: string, least: number, most: number): string | undefined {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most ? String(value) : undefined
}

function elements(text: string, size: number): string | undefined {
  const inside = /^\{(.*)\}$/.exec(text)?.[1]
  if (inside === undefined) return undefined
  const each = inside.trim() === '' ? [] : inside.split(',').map((element) => wholeFrom(element.trim(), 1, size))
  if (each.includes(undefined)) return undefined
  return `{${[...new Set(each.map(Number))].sort((a, b) => a - b).join(',')}}`
}

function raise(error: Error): never {
  throw error
}
