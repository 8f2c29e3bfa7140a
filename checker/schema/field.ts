/** The types that a state is made of. Each is plain data; `layout.ts` turns it into bits, `view.ts` into TypeScript types. */
import type { Domain } from './domain.js'

/** An integer from `lo` to `hi`, both included. */
export interface IntField {
  readonly kind: 'int'
  readonly lo: number
  readonly hi: number
}
export interface BoolField {
  readonly kind: 'bool'
}
/** One of a list of names; the first is the initial value. */
export interface EnumField<V extends string = string> {
  readonly kind: 'oneOf'
  readonly names: readonly V[]
}
/** An element of a domain or NULL (0). */
export interface RefField<N extends string = string> {
  readonly kind: 'ref'
  readonly domain: Domain<N>
}
/** A set of elements of a domain of at most 31. */
export interface SetField<N extends string = string> {
  readonly kind: 'set'
  readonly domain: Domain<N>
}
/** One `of` for each element of a domain. */
export interface ArrayField<N extends string = string, E = unknown> {
  readonly kind: 'array'
  readonly domain: Domain<N>
  readonly of: E
}
export interface RecordField<F = unknown> {
  readonly kind: 'record'
  readonly fields: F
}

/** A field held in one run of bits. A bare domain is a scalar too: an element of it, never NULL once it is set. */
export type ScalarField = IntField | BoolField | EnumField | RefField | Domain
export type Field = ScalarField | SetField | ArrayField | RecordField
/** What locals and arguments may be: anything without parts. */
export type LocalField = ScalarField | SetField
export type Fields = Readonly<Record<string, Field>>

/** An integer from `lo` to `hi`, both included; at most 31 bits wide. */
export function int(lo: number, hi: number): IntField {
  return { kind: 'int', lo, hi }
}

export const bool: BoolField = { kind: 'bool' }

export function oneOf<const V extends string>(...names: V[]): EnumField<V> {
  return { kind: 'oneOf', names }
}

/** A pointer into a domain's pool: an element, or 0 for NULL. */
export function ref<N extends string>(domain: Domain<N>): RefField<N> {
  return { kind: 'ref', domain }
}

/** A set of elements of `domain`, which may have at most 31. */
export function set<N extends string>(domain: Domain<N>): SetField<N> {
  return { kind: 'set', domain }
}

export function array<N extends string, const E>(domain: Domain<N>, of: E): ArrayField<N, E> {
  return { kind: 'array', domain, of }
}

export function record<const F>(fields: F): RecordField<F> {
  return { kind: 'record', fields }
}

/** The whole state of a spec: a record of named variables. */
export function schema<const F>(fields: F): RecordField<F> {
  return record(fields)
}
