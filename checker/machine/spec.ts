/** A spec: a state, how it starts, what can happen, and what must be true. */
import type { Fairness } from '../property/fairness.js'
import type { Property } from '../property/property.js'
import type { RecordField } from '../schema/field.js'
import type { Action } from './action.js'

/** What the author of a spec gives. */
export interface SpecParts<S, P extends string = string> {
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
  /** What temporal properties may count on, unless they say it themselves; nothing else is ever bound to happen. */
  readonly fairness?: readonly Fairness<S>[]
  /**
   * Protections that no scenario needs, each with the reason why nothing goes wrong without it: what mutation testing calls survivors. One that
   * is not listed has to be missed by a property somewhere (`swapcheck mutate`).
   */
  readonly survivors?: Readonly<Partial<Record<P, string>>>
}

export interface Spec<S = object> {
  readonly kind: 'spec'
  readonly name: string
  readonly title: string
  readonly state: RecordField
  readonly protections: readonly string[]
  /** The protections that are out in the run at hand; `guard` reads it. */
  readonly absent: Set<string>
  /** The protections that `guard` was called for since this was cleared. */
  readonly asked: Set<string>
  readonly survivors: Readonly<Partial<Record<string, string>>>
  init(s: S): void
  readonly actions: readonly Action[]
  readonly properties: readonly Property<S>[]
  final?(s: S): boolean
  readonly fairness: readonly Fairness<S>[]
}

/** What `guard` reads, and where it notes what it was called for. */
export type Guarded = Pick<Spec, 'protections' | 'absent' | 'asked'>

export function makeSpec<S>(state: RecordField, guarded: Guarded, parts: SpecParts<S>): Spec<S> {
  return {
    kind: 'spec',
    name: parts.name,
    title: parts.title,
    state,
    ...guarded,
    survivors: parts.survivors ?? {},
    fairness: parts.fairness ?? [],
    init: (s) => parts.init?.(s),
    actions: parts.actions ?? [],
    properties: parts.properties,
    ...(parts.final && { final: parts.final }),
  }
}
