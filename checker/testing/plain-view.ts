/**
 * The values of the toy checker's states, and the plain mutable objects that steps are written against.
 *
 * A record is a Map by field name, an array a List (element 1 first), a set a Set of ordinals, a scalar itself.
 */
import { Map as ImmutableMap, Set as ImmutableSet, List } from 'immutable'
import type { Domain, Id } from '../schema/domain.js'
import type { Field, Fields } from '../schema/field.js'
import type { SetView } from '../schema/view.js'

export type Value = number | boolean | string | List<Value> | ImmutableMap<string, Value> | ImmutableSet<number>

/** What a field holds before `init`. */
export function initialValue(field: Field, sizeOf: (domain: Domain) => number): Value {
  switch (field.kind) {
    case 'int':
      return field.lo <= 0 && field.hi >= 0 ? 0 : field.lo
    case 'bool':
      return false
    case 'oneOf':
      return field.names[0] ?? ''
    case 'ref':
    case 'domain':
      return 0
    case 'set':
      return ImmutableSet()
    case 'array':
      return List(Array.from({ length: sizeOf(field.domain) }, () => initialValue(field.of as Field, sizeOf)))
    case 'record':
      return ImmutableMap(Object.entries(field.fields as Fields).map(([name, inner]) => [name, initialValue(inner, sizeOf)]))
  }
}

/** A fresh mutable copy, with the properties and methods that views have. */
export function toPlain(value: Value): unknown {
  if (ImmutableSet.isSet(value)) return new PlainSet(value as ImmutableSet<number>)
  if (ImmutableMap.isMap(value)) return Object.fromEntries([...value].map(([name, inner]) => [name, toPlain(inner as Value)]))
  if (!List.isList(value)) return value
  const ids = value.map((_, i) => i + 1).toArray()
  return Object.assign([undefined, ...value.map((inner) => toPlain(inner as Value))], { ids })
}

export function fromPlain(plain: unknown): Value {
  if (plain instanceof PlainSet) return plain.elements
  if (Array.isArray(plain)) return List(plain.slice(1).map(fromPlain))
  if (typeof plain !== 'object') return plain as Value
  return ImmutableMap(Object.entries(plain as object).map(([name, inner]) => [name, fromPlain(inner)]))
}

class PlainSet implements SetView<string> {
  elements: ImmutableSet<number>

  constructor(elements: ImmutableSet<number>) {
    this.elements = elements
  }

  get size(): number {
    return this.elements.size
  }

  has(id: Id<string>): boolean {
    return this.elements.has(Number(id))
  }

  add(id: Id<string>): void {
    this.elements = this.elements.add(Number(id))
  }

  delete(id: Id<string>): void {
    this.elements = this.elements.delete(Number(id))
  }

  clear(): void {
    this.elements = ImmutableSet()
  }

  assign(other: PlainSet): void {
    this.elements = other.elements
  }

  equals(other: PlainSet): boolean {
    return this.elements.equals(other.elements)
  }

  isSubsetOf(other: PlainSet): boolean {
    return this.elements.isSubset(other.elements)
  }

  isDisjointFrom(other: PlainSet): boolean {
    return this.elements.intersect(other.elements).isEmpty()
  }

  toArray(): Id<string>[] {
    return this.elements.sort().toArray() as unknown[] as Id<string>[]
  }
}
