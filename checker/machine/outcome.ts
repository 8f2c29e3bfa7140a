/** What a step of a procedure answers: where its process goes on. */
import type { View } from '../schema/view.js'
import type { Procedure } from './procedure.js'

/** The step is not enabled in this state: nothing that it wrote counts. */
export const blocked = Symbol('blocked')
export type Blocked = typeof blocked

/** A step that is taken after a sleep: until then the process leaves its CPU to others. */
export interface Sleep<Then extends string = string> {
  readonly outcome: 'sleep'
  readonly then: Then
}

/** A call: control goes to the procedure's first step, and comes back to label `then`, the returned value stored in local `into`. */
export interface Call<Then extends string = string, Into extends string = string, Value = unknown> {
  readonly outcome: 'call'
  readonly procedure: Procedure
  readonly args: object
  readonly then: Then
  readonly into: Into | undefined
  readonly returns?: Value
}

/** A return with a value, or a tail call, whose procedure returns in this one's place. */
export interface Return<Value = unknown> {
  readonly outcome: 'return'
  readonly value: Value
}
export interface TailCall<Value = unknown> {
  readonly outcome: 'tail'
  readonly procedure: Procedure
  readonly args: object
  readonly returns?: Value
}

/** What a procedure's `returns` says that it returns. */
export type Returned<R> = R extends { readonly kind: string } ? View<R> : undefined

/**
 * Calls a procedure, which must be among the `calls` of this one.
 *
 * @param then the label to go on at when it returns
 * @param into the local that receives the returned value
 */
export function call<A, R, const Then extends string>(procedure: Procedure<string, A, R>, args: ArgsOf<A>, then: Then): Call<Then, never>
export function call<A, R, const Then extends string, const Into extends string>(
  procedure: Procedure<string, A, R>,
  args: ArgsOf<A>,
  then: Then,
  into: Into,
): Call<Then, Into, Returned<R>>
export function call(procedure: Procedure, args: object, then: string, into?: string): Call {
  return { outcome: 'call', procedure, args, then, into }
}

/**
 * The process goes on at `then`, as with the label alone; but this step begins with a sleep, as in `schedule_timeout(1)`, so that somebody of less
 * priority may run before it is taken (see `oneCpu`). It should do nothing that others see, as it would do so after the sleep.
 */
export function sleep<const Then extends string>(then: Then): Sleep<Then> {
  return { outcome: 'sleep', then }
}

/** C's `return f(args);`: the procedure returns to this one's caller. */
export function tail<A, R>(procedure: Procedure<string, A, R>, args: ArgsOf<A>): TailCall<Returned<R>> {
  return { outcome: 'tail', procedure, args }
}

/** Returns to the caller; from a process's first procedure, ends the process. */
export function ret(): Return<undefined>
export function ret<const V>(value: V): Return<V>
export function ret(value?: unknown): Return {
  return { outcome: 'return', value }
}

export type ArgsOf<A> = { readonly [K in keyof A]: View<A[K]> }
