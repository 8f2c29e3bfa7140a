/** A process: a kernel thread of some kind, and the procedure that it runs. */
import { domain, type Ref } from '../schema/domain.js'
import type { View } from '../schema/view.js'
import type { Procedure } from './procedure.js'

/** The processes of a scenario, in the order in which it lists them; its size is their number. For owners of locks and the like. */
export const Thread = domain('thread', 1)

/** One process of a scenario. */
export interface Process {
  readonly kind: 'process'
  /** What it is: `fault`, `zswap shrinker`. */
  readonly name: string
  readonly procedure: Procedure
  readonly args: Readonly<Record<string, unknown>>
  /** May it be swapped with any other process of this name and procedure? */
  readonly symmetric: boolean
}

/** Arguments as a scenario writes them: elements of domains by their number. */
export type PlainArgs<A> = { readonly [K in keyof A]: View<A[K]> extends Ref<string> ? number : View<A[K]> }

/** A kind of process: called with the arguments of its procedure, it gives a process to list in a scenario's `run`. */
export interface ProcessKind<A> {
  (args: PlainArgs<A>): Process
  readonly process: string
  readonly procedure: Procedure
}

/**
 * Declares a kind of process that runs `procedure` from its first step until it returns.
 *
 * @param options.symmetric declares that no step and no property tells its processes apart but by what they hold, arguments included:
 * swapping two of them throughout a state, their elements of `Thread` too, changes nothing of what can happen from there
 */
export function process<A, R>(
  name: string,
  procedure: Procedure<string, A, R>,
  options: { readonly symmetric?: boolean } = {},
): ProcessKind<A> {
  const { symmetric = false } = options
  const start = (args: PlainArgs<A>): Process => ({ kind: 'process', name, procedure, args, symmetric })
  return Object.assign(start, { process: name, procedure })
}
