/** How a scalar's values and its bits correspond. Code 0 is the lowest integer, false, the first name, NULL. */
import { SpecFault } from '../fault.js'
import type { Domain } from './domain.js'
import type { ScalarField } from './field.js'

export type Value = number | boolean | string

export interface Codec {
  readonly kind: 'int' | 'bool' | 'oneOf' | 'ref' | 'domain'
  /** Width in the packed state, 1..31. */
  readonly bits: number
  /** The lowest value; 0 for all but integers. */
  readonly lo: number
  /** The highest value (integers and ids), or the highest code. */
  readonly hi: number
  readonly names: readonly string[]
  /** The code of the initial value: that of 0 where 0 is in range, else of the lowest value. */
  readonly initial: number
  /** In words, for messages: what a value may be. */
  readonly expected: string
}

/** @throws SpecFault where the range is empty, not made of integers, or wider than 31 bits */
export function codecOf(field: ScalarField, sizeOf: (d: Domain) => number, path: string): Codec {
  switch (field.kind) {
    case 'int':
      return intCodec(field.lo, field.hi, path)
    case 'bool':
      return { kind: 'bool', bits: 1, lo: 0, hi: 1, names: [], initial: 0, expected: 'true or false' }
    case 'oneOf':
      return enumCodec(field.names, path)
    case 'ref': {
      const size = sizeOf(field.domain)
      const expected = `0 (NULL) or one of ${field.domain.name} 1..${size}`
      return { kind: 'ref', bits: bitsFor(size), lo: 0, hi: size, names: [], initial: 0, expected }
    }
    case 'domain': {
      const size = sizeOf(field)
      return { kind: 'domain', bits: bitsFor(size), lo: 0, hi: size, names: [], initial: 0, expected: `one of ${field.name} 1..${size}` }
    }
  }
}

export function decodeScalar(codec: Codec, code: number): Value {
  if (codec.kind === 'bool') return code === 1
  if (codec.kind === 'oneOf') return codec.names[code] ?? `(code ${code})`
  return code + codec.lo
}

/** The code of a value, or -1 where the field cannot hold it. */
export function encodeScalar(codec: Codec, value: unknown): number {
  if (codec.kind === 'bool') return typeof value === 'boolean' ? Number(value) : -1
  if (codec.kind === 'oneOf') return codec.names.indexOf(value as string)
  if (typeof value !== 'number' || !Number.isInteger(value)) return -1
  if (value < codec.lo || value > codec.hi) return -1
  return codec.kind === 'domain' && value === 0 ? -1 : value - codec.lo
}

/** The error for a value that a field cannot hold. */
export function outOfRange(path: string, codec: Codec, value: unknown): SpecFault {
  const came = typeof value === 'string' ? `'${value}'` : `${String(value)} (${typeof value})`
  return new SpecFault('range', `${path} was given ${came}; expected ${codec.expected}`)
}

function intCodec(lo: number, hi: number, path: string): Codec {
  if (!Number.isSafeInteger(lo) || !Number.isSafeInteger(hi) || lo > hi) {
    throw new SpecFault('schema', `${path}: int(${lo}, ${hi}) has no values; expected two integers, the lower first`)
  }
  if (lo < -(2 ** 31) || hi >= 2 ** 31 || hi - lo >= 2 ** 31) {
    throw new SpecFault('schema', `${path}: int(${lo}, ${hi}) is wider than 31 bits`)
  }
  const initial = lo <= 0 && hi >= 0 ? -lo : 0
  return { kind: 'int', bits: bitsFor(hi - lo), lo, hi, names: [], initial, expected: `an integer from ${lo} to ${hi}` }
}

function enumCodec(names: readonly string[], path: string): Codec {
  if (names.length === 0) throw new SpecFault('schema', `${path}: oneOf() has no names`)
  if (new Set(names).size < names.length) throw new SpecFault('schema', `${path}: oneOf(${names.join(', ')}) repeats a name`)
  const expected = `one of ${names.map((n) => `'${n}'`).join(', ')}`
  return { kind: 'oneOf', bits: bitsFor(names.length - 1), lo: 0, hi: names.length - 1, names, initial: 0, expected }
}

/** Bits that hold the codes 0..highest; at least one. */
export function bitsFor(highest: number): number {
  return Math.max(1, 32 - Math.clz32(highest))
}
