/** The words that a spec is written in, bound to the type of its state, so that a misspelt field, label or name does not compile. */
import type { Fairness, Recurrence } from '../property/fairness.js'
import type { Invariant, MustFail, Quiescent, Reachable, Refinement, StepProperty, Temporal, TemporalForm } from '../property/property.js'
import type { Domain, Id } from '../schema/domain.js'
import type { RecordField } from '../schema/field.js'
import type { RecordView } from '../schema/view.js'
import type { Action, Parameters } from './action.js'
import { type Frame, makeProcedure, type Procedure } from './procedure.js'
import { makeSpec, type Spec, type SpecParts } from './spec.js'
import type { Steps } from './steps.js'

/** What is said of a state, or of each element of a domain in it. */
type Of<S, N extends string> = (s: S, element: Id<N>) => boolean

export interface TemporalOptions<S, N extends string> {
  /** The property is said of each element of it. */
  readonly each?: Domain<N>
  /** What it may count on, in place of the spec's. */
  readonly fairness?: readonly Fairness<S>[]
}

/** The words of one spec, over the view `S` of its state and the names `P` of its protections. */
export interface Language<F, P extends string, S = RecordView<F>> {
  /** A kernel function: its name, its frame, its steps in order. */
  procedure<const N extends string, T, A = unknown, L = unknown, R = undefined>(
    name: N,
    frame: Frame<A, L, R>,
    steps: Steps<S, A, L, R, T>,
  ): Procedure<N, A, R>
  action<const Q extends Parameters>(
    name: string,
    action: {
      readonly params?: Q
      guard(s: S, args: RecordView<Q>): boolean
      effect(s: S, args: RecordView<Q>): void
    },
  ): Action
  invariant(name: string, sentence: string, holds: (s: S) => boolean): Invariant<S>
  /** A property of a state and its successor. */
  step(name: string, sentence: string, holds: (before: S, after: S, by: string) => boolean): StepProperty<S>
  /** A property of the states in which everything has stopped. */
  quiescent(name: string, sentence: string, holds: (s: S) => boolean): Quiescent<S>
  reachable(name: string, sentence: string, found: (s: S) => boolean): Reachable<S>
  mustFail(name: string, sentence: string, holds: (s: S) => boolean): MustFail<S>
  /** `<>P`: it holds at some time, of every fair behaviour. */
  eventually<const N extends string>(name: string, sentence: string, holds: Of<S, N>, options?: TemporalOptions<S, N>): Temporal<S>
  /** `Q ~> P`: whenever Q holds, P holds then or later. */
  leadsTo<const N extends string>(
    name: string,
    sentence: string,
    when: Of<S, N>,
    holds: Of<S, N>,
    options?: TemporalOptions<S, N>,
  ): Temporal<S>
  /** `[]<>P`: it holds again and again. */
  alwaysEventually<const N extends string>(name: string, sentence: string, holds: Of<S, N>, options?: TemporalOptions<S, N>): Temporal<S>
  /** `<>[]P`: from some time on it holds for ever. */
  eventuallyAlways<const N extends string>(name: string, sentence: string, holds: Of<S, N>, options?: TemporalOptions<S, N>): Temporal<S>
  /** Each process of these names returns, in every fair behaviour. */
  returns(name: string, sentence: string, processes: readonly string[], options?: Pick<TemporalOptions<S, never>, 'fairness'>): Temporal<S>
  /**
   * Every behaviour is one of another spec: `map` writes what a state is there, to variables that have their initial values. That spec has to
   * be one of actions. A fair behaviour is fair there, too.
   */
  refines<A>(
    name: string,
    sentence: string,
    of: Spec<A>,
    map: (s: S, abstract: A) => void,
    options?: Pick<TemporalOptions<S, never>, 'fairness'>,
  ): Refinement<S>
  /** `[]<>P` as an assumption: fairness that is of states, not of steps. */
  again(name: string, holds: (s: S) => boolean): Recurrence<S>
  /** True unless the scenario has taken out this protection: stands as the condition of the code that protects. */
  guard(protection: P): boolean
  spec(parts: SpecParts<S, P>): Spec<S>
}

/**
 * Binds the words to a state.
 *
 * @param state what `schema` returned
 * @param options.protections the names that `guard` may be given, each a piece of the protocol that a scenario may take out
 */
export function language<F, const P extends string = never>(
  state: RecordField<F>,
  options: { readonly protections?: readonly P[] } = {},
): Language<F, P> {
  type S = RecordView<F>
  const protections: readonly P[] = options.protections ?? []
  const absent = new Set<string>()
  const asked = new Set<string>()
  const temporal =
    (form: TemporalForm) =>
    (name: string, sentence: string, holds: unknown, options: object = {}) =>
      ({ kind: 'temporal', form, name, sentence, holds, ...options }) as unknown as Temporal<S>
  return {
    procedure: (name, frame, steps) => makeProcedure(name, frame, steps) as never,
    action: (name, { params, guard, effect }) => ({ kind: 'action', name, params: params ?? {}, guard, effect }) as Action,
    invariant: (name, sentence, holds) => ({ kind: 'invariant', name, sentence, holds }),
    step: (name, sentence, holds) => ({ kind: 'step', name, sentence, holds }),
    quiescent: (name, sentence, holds) => ({ kind: 'quiescent', name, sentence, holds }),
    reachable: (name, sentence, found) => ({ kind: 'reachable', name, sentence, found }),
    mustFail: (name, sentence, holds) => ({ kind: 'mustFail', name, sentence, holds }),
    returns: (name, sentence, returned, options) => temporal('eventually')(name, sentence, () => true, { ...options, returned }),
    refines: (name, sentence, of, map, options = {}) =>
      ({ kind: 'refines', name, sentence, of, map, ...options }) as unknown as Refinement<S>,
    again: (name, holds) => ({ kind: 'again', name, holds }),
    eventually: temporal('eventually'),
    leadsTo: (name, sentence, when, holds, options) => temporal('leadsTo')(name, sentence, holds, { ...options, when }),
    alwaysEventually: temporal('alwaysEventually'),
    eventuallyAlways: temporal('eventuallyAlways'),
    guard(protection) {
      asked.add(protection)
      return !absent.has(protection)
    },
    spec: (parts: SpecParts<S, P>) => makeSpec(state, { protections, absent, asked }, parts),
  }
}
