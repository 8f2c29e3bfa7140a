/** A procedure: a function of the kernel, as a list of labelled atomic steps. */
import type { Id } from '../schema/domain.js'
import type { LocalField, ScalarField } from '../schema/field.js'
import type { RecordView } from '../schema/view.js'
import type { Blocked, Call, Return, Returned, TailCall } from './outcome.js'

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
  readonly returns?: R
}

/** The process that runs a step: its arguments and locals, and its id in the domain `Thread`. */
export type Me<A, L> = RecordView<A & L> & { readonly self: Id<'thread'> }

/** What a step may answer, given the labels and the locals of its procedure. */
export type Outcome<Label extends string, Locals, R> = Label | Blocked | Return<R> | TailCall<R> | CallInto<Label, Locals>

type CallInto<Label extends string, Locals> =
  | Call<Label, never>
  | { [K in keyof Locals & string]: Call<Label, K, Locals[K]> }[keyof Locals & string]

export type Steps<S, A, L, R, T> = {
  readonly [K in keyof T]: (s: S, me: Me<A, L>) => Outcome<keyof T & string, RecordView<L>, Returned<R>>
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
