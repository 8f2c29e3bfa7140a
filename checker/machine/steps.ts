/** The types of the steps of a procedure: what they are given, and what they may answer. */
import type { Id } from '../schema/domain.js'
import type { RecordView } from '../schema/view.js'
import type { Blocked, Call, Return, Returned, Sleep, TailCall } from './outcome.js'

/** The process that runs a step: its arguments and locals, and its id in the domain `Thread`. */
export type Me<A, L> = RecordView<A & L> & { readonly self: Id<'thread'> }

/** What a step may answer, given the labels and the locals of its procedure. */
export type Outcome<Label extends string, Locals, R> = Label | Blocked | Sleep<Label> | Return<R> | TailCall<R> | CallInto<Label, Locals>

type CallInto<Label extends string, Locals> =
  | Call<Label, never>
  | { [K in keyof Locals & string]: Call<Label, K, Locals[K]> }[keyof Locals & string]

export type Steps<S, A, L, R, T> = {
  readonly [K in keyof T]: (s: S, me: Me<A, L>) => Outcome<keyof T & string, RecordView<L>, Returned<R>>
}
