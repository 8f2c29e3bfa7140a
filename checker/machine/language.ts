/** The words that a spec is written in, bound to the type of its state, so that a misspelt field, label or name does not compile. */
import type { Invariant, MustFail, Quiescent, Reachable, StepProperty } from '../property/property.js'
import type { RecordField } from '../schema/field.js'
import type { RecordView } from '../schema/view.js'
import type { Action, Parameters } from './action.js'
import { type Frame, makeProcedure, type Procedure } from './procedure.js'
import { makeSpec, type Spec, type SpecParts } from './spec.js'
import type { Steps } from './steps.js'

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
  return {
    procedure: (name, frame, steps) => makeProcedure(name, frame, steps) as never,
    action: (name, { params, guard, effect }) => ({ kind: 'action', name, params: params ?? {}, guard, effect }) as Action,
    invariant: (name, sentence, holds) => ({ kind: 'invariant', name, sentence, holds }),
    step: (name, sentence, holds) => ({ kind: 'step', name, sentence, holds }),
    quiescent: (name, sentence, holds) => ({ kind: 'quiescent', name, sentence, holds }),
    reachable: (name, sentence, found) => ({ kind: 'reachable', name, sentence, found }),
    mustFail: (name, sentence, holds) => ({ kind: 'mustFail', name, sentence, holds }),
    guard(protection) {
      asked.add(protection)
      return !absent.has(protection)
    },
    spec: (parts: SpecParts<S, P>) => makeSpec(state, { protections, absent, asked }, parts),
  }
}
