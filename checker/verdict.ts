/** What a run may end in. `holds` is said only of a complete search that was not vacuous. */
import type { FaultKind } from './fault.js'
import type { Trace } from './trace/trace.js'

export type Verdict = Holds | Violated | Deadlock | Vacuous | Incomplete | SpecError

/** Every reachable state was visited, and everything that was asked of the spec is so. */
export interface Holds {
  readonly kind: 'holds'
}
export interface Violated {
  readonly kind: 'violated'
  readonly property: string
  /** The property's sentence, or the text of the assertion. */
  readonly sentence: string
  /**
   * `assertion` where a step asserted it, with the text of that assertion as its message. `temporal` has as its message the element of which it
   * is violated, if it is said of several.
   */
  readonly by: 'invariant' | 'step' | 'quiescent' | 'assertion' | 'temporal'
  readonly message: string | undefined
  readonly trace: Trace
}
/** A state that is not final and has no successor. */
export interface Deadlock {
  readonly kind: 'deadlock'
  readonly trace: Trace
}
/** Nothing was violated, but what was asked could not have failed. */
export interface Vacuous {
  readonly kind: 'vacuous'
  readonly reasons: readonly VacuityReason[]
}
export interface Incomplete {
  readonly kind: 'incomplete'
  /**
   * `bitstate`: nothing stopped the search, but a store of that kind may have missed states. `temporal`: nor did anything here, but temporal
   * properties can only be checked in a store that keeps all states.
   */
  readonly bound: 'states' | 'seconds' | 'memory' | 'interrupted' | 'bitstate' | 'temporal'
  /** States, seconds, or bytes of the store; 0 for `interrupted` and `temporal`. */
  readonly limit: number
}
/** The spec is at fault: it threw, left a range, or is not a function of the state. */
export interface SpecError {
  readonly kind: 'specError'
  readonly fault: FaultKind
  readonly message: string
  /** The step at fault, unless it was found before the search. */
  readonly step: string | undefined
  readonly trace: Trace | undefined
}

export type VacuityReason =
  | { readonly kind: 'step never fired'; readonly step: string }
  | { readonly kind: 'step listed as unreachable fired'; readonly step: string }
  | { readonly kind: 'no such step to list as unreachable'; readonly step: string }
  | { readonly kind: 'reachable not found'; readonly property: string }
  | { readonly kind: 'mustFail not violated'; readonly property: string }
  | { readonly kind: 'antecedent never holds'; readonly property: string }
  | { readonly kind: 'no fair behaviour'; readonly property: string }
  | { readonly kind: 'implied by its fairness'; readonly property: string }
