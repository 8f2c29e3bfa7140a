/** A procedure: a function of the kernel, as a list of labelled atomic steps. */
import type { LocalField, ScalarField } from '../schema/field.js'

export interface Procedure<N extends string = string, A = unknown, R = unknown> {
  readonly kind: 'procedure'
  readonly name: N
  readonly args: Readonly<Record<string, ScalarField>>
  readonly locals: Readonly<Record<string, LocalField>>
  readonly calls: readonly Procedure[]
  /** In order; a call starts at the first. */
  readonly steps: ReadonlyMap<string, StepFunction>
  /** For the compiler alone: what `call` may pass and expect. */
  readonly types?: { readonly args: A; readonly returns: R }
}

/** A step as the engine runs it, its types erased. */
export type StepFunction = (s: object, me: object) => unknown

/** The frame of a procedure: what it is given, what it keeps, what it calls and returns. */
export interface Frame<A, L, R> {
  readonly args?: A & Readonly<Record<string, ScalarField>>
  readonly locals?: L & Readonly<Record<string, LocalField>>
  /** Every procedure that a step of this one calls: the engine lays frames out from it. */
  readonly calls?: readonly Procedure[]
  /** Without parts: it is stored in one assignment. */
  readonly returns?: R & (ScalarField | undefined)
}

export function makeProcedure<A, L, R>(name: string, frame: Frame<A, L, R>, steps: object): Procedure {
  return {
    kind: 'procedure',
    name,
    args: frame.args ?? {},
    locals: frame.locals ?? {},
    calls: frame.calls ?? [],
    steps: new Map(Object.entries(steps)),
  }
}
