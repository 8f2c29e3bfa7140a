import { SpecFault } from '../fault.js'

/**
 * A domain: a finite set of things of one sort (swap slots, descriptors, resource managers), numbered from 1.
 * 0 is NULL, as in C. The size given here is the default; a scenario's `bounds` may say another.
 */
export interface Domain<N extends string = string> {
  readonly kind: 'domain'
  readonly name: N
  readonly size: number
  /** May any two of its elements be swapped, throughout a state, without changing what can happen from there? */
  readonly symmetric: boolean
}

/**
 * What names one element of a domain. At run time it is the number 1..size; to the compiler it is an opaque literal,
 * so that `s.desc[entry]` with an entry where a descriptor belongs does not compile, an index is never `undefined`,
 * and nothing that is computed from it is an id. Two members, because a single one would narrow to `never` under `a !== b`.
 */
export type Id<N extends string> = `${N}#1` | `${N}#2`

/** An element of a domain, or 0 for NULL. */
export type Ref<N extends string> = Id<N> | 0

/**
 * Declares a domain.
 *
 * @param name how traces and messages call it
 * @param size how many elements it has unless a scenario's bounds say otherwise, 0 to 65535; 0 for what few scenarios have: it costs the others nothing
 * @param options.symmetric declares that no step and no property tells its elements apart, so that a search may take states that
 * differ in their names alone for one. Runs audit it on a sample of the states. Not so of elements that are counted on (`nth`,
 * `ordinal`), or where it matters which comes first in `ids`.
 */
export function domain<const N extends string>(name: N, size: number, options: { readonly symmetric?: boolean } = {}): Domain<N> {
  return { kind: 'domain', name, size, symmetric: options.symmetric ?? false }
}

/** The number behind an id: 1..size, or 0 for NULL. For printing and for order, not for indexing. */
export function ordinal(id: Ref<string>): number {
  return id as unknown as number
}

/**
 * The element that a reference holds where the spec knows that it holds one: C's dereference without a test.
 *
 * @throws SpecFault where it is NULL
 */
export function known<N extends string>(reference: Ref<N>): Id<N> {
  if (reference === 0) throw new SpecFault('range', 'a reference is NULL that the spec takes to hold an element; test it first')
  return reference
}

/** The id `delta` places after `id` in its domain, or 0 when that falls outside: C's `entry.val + n`. */
export function nth<N extends string>(ids: readonly Id<N>[], id: Id<N>, delta: number): Ref<N> {
  return ids[ordinal(id) - 1 + delta] ?? 0
}
