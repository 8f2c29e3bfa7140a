/** A spec: a state, how it starts, what can happen, and what must be true. */
import type { Property } from '../property/property.js'
import type { RecordField } from '../schema/field.js'
import type { Action } from './action.js'

/** What the author of a spec gives. */
export interface SpecParts<S> {
  /** The first half of a scenario's id: lower case, hyphens. */
  readonly name: string
  /** One line. */
  readonly title: string
  /** Fills the first state, where every variable has its initial value (0 or the lowest, false, NULL, the first name); may `choose`. */
  init?(s: S): void
  readonly actions?: readonly Action[]
  readonly properties: readonly Property<S>[]
  /**
   * In which states may everything stop? Without it: where every process has returned, and, in a spec that has no processes,
   * nowhere (`final: () => true` turns the search for deadlocks off).
   */
  final?(s: S): boolean
}

export interface Spec<S = object> {
  readonly kind: 'spec'
  readonly name: string
  readonly title: string
  readonly state: RecordField
  readonly protections: readonly string[]
  /** The protections that are out in the run at hand; `guard` reads it. */
  readonly absent: Set<string>
  init(s: S): void
  readonly actions: readonly Action[]
  readonly properties: readonly Property<S>[]
  final?(s: S): boolean
}

export function makeSpec<S>(state: RecordField, protections: readonly string[], absent: Set<string>, parts: SpecParts<S>): Spec<S> {
  return {
    kind: 'spec',
    name: parts.name,
    title: parts.title,
    state,
    protections,
    absent,
    init: (s) => parts.init?.(s),
    actions: parts.actions ?? [],
    properties: parts.properties,
    ...(parts.final && { final: parts.final }),
  }
}
