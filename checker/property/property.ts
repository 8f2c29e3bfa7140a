/** Properties: each says what is searched for, in a name and a sentence. */
import type { Spec } from '../machine/spec.js'
import type { DecodedRecord } from '../schema/decode.js'
import type { Domain, Id } from '../schema/domain.js'
import type { Fairness } from './fairness.js'

interface Named {
  readonly name: string
  /** One sentence of English: what it says of the system. */
  readonly sentence: string
}

/** True of every reachable state. */
export interface Invariant<S = object> extends Named {
  readonly kind: 'invariant'
  holds(s: S): boolean
}

/** True of every step from one reachable state to the next; `by` is the step's name. */
export interface StepProperty<S = object> extends Named {
  readonly kind: 'step'
  holds(before: S, after: S, by: string): boolean
  /** True of every initial state. */
  begins?(s: S): boolean
  /** Where the property says that one spec refines another: what the states are in the abstract. */
  readonly abstract?: AbstractPlaces<S>
}

/** The states of an abstract spec, by numbers, and what a state of the spec that refines it is there. */
export interface AbstractPlaces<S = object> {
  of(s: S): number
  isStep(before: number, after: number): boolean
  show(s: S): DecodedRecord
}

/**
 * Every behaviour is one of another spec: each initial state is an initial state of it, and each step a step of it, or none at all; and if the
 * behaviour is fair, it is as fair as that spec says.
 */
export interface Refinement<S = object> extends Named {
  readonly kind: 'refines'
  /** The abstract spec; its domains are as large as those of the same names. */
  readonly of: Spec
  /** Writes what the state is in the abstract, to variables that all have their initial values. */
  map(s: S, abstract: object): void
  /** What it may count on for the other's fairness, in place of the spec's. */
  readonly fairness?: readonly Fairness<S>[]
}

/** True of some reachable state: an example must exist, or the run is vacuous. */
export interface Reachable<S = object> extends Named {
  readonly kind: 'reachable'
  found(s: S): boolean
}

/** A non-property: not true of every reachable state, or the run is vacuous. */
export interface MustFail<S = object> extends Named {
  readonly kind: 'mustFail'
  holds(s: S): boolean
}

/** True of every final state: one that may be the last, and has no successor. For leaks: what must be so when all is quiet. */
export interface Quiescent<S = object> extends Named {
  readonly kind: 'quiescent'
  holds(s: S): boolean
}

/** Kept by assertions inside the steps: see `assert`. */
export interface AssertedProperty extends Named {
  readonly kind: 'asserted'
}

/**
 * True of every fair behaviour, where a behaviour may stutter for ever unless fairness forbids it. In TLA+: `eventually` is `<>P`,
 * `leadsTo` is `Q ~> P`, `alwaysEventually` is `[]<>P`, `eventuallyAlways` is `<>[]P`.
 */
export interface Temporal<S = object> extends Named {
  readonly kind: 'temporal'
  readonly form: TemporalForm
  /** Said of each element of it; the predicates are given the element. */
  readonly each?: Domain
  /** In place of P: a process has returned. Said of each process of these names. */
  readonly returned?: readonly string[]
  /** P. */
  holds(s: S, element: Id<string> | undefined): boolean
  /** Q, of `leadsTo`. */
  when?(s: S, element: Id<string> | undefined): boolean
  /** In place of the spec's. */
  readonly fairness?: readonly Fairness<S>[]
}

/** What can be violated by a behaviour that has no end. */
export type Endless<S = object> = Temporal<S> | Refinement<S>

export type TemporalForm = 'eventually' | 'leadsTo' | 'alwaysEventually' | 'eventuallyAlways'

export type Property<S = object> =
  | Invariant<S>
  | StepProperty<S>
  | Quiescent<S>
  | Reachable<S>
  | MustFail<S>
  | AssertedProperty
  | Temporal<S>
  | Refinement<S>

/** Declares a property that assertions inside steps name. */
export function asserted(name: string, sentence: string): AssertedProperty {
  return { kind: 'asserted', name, sentence }
}
