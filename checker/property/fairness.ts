/**
 * Fairness: what is not put off for ever. Weak fairness of A (`WF_v(A)` in TLA+): if A can be taken from some point on, it is taken again
 * and again. Strong fairness (`SF_v(A)`): if A can be taken again and again, it is. A is a step that changes the state, `<<A>>_v`: one that
 * leads back to its state is neither taken nor enabled.
 */

import type { Id } from '../schema/domain.js'

export type Fairness<S = object> = StepFairness | CpuFairness<S> | Recurrence<S>

export interface StepFairness {
  readonly kind: 'weak' | 'strong'
  /**
   * What counts as one A: each of the steps by itself, in each process; each process as a whole; all of the steps together; or the
   * steps of an action together, for each value of a parameter of it.
   */
  readonly of: 'steps' | 'processes' | 'any' | { readonly each: string }
  /** Steps as in a scenario's `unreachable`; names of processes; of `processes`, none means all. */
  readonly names: readonly string[]
}

/** Processes on one CPU: see `oneCpu`. */
export interface CpuFairness<S = object> {
  readonly kind: 'one cpu'
  /** Names of processes, by falling priority. */
  readonly levels: readonly (readonly string[])[]
  /** May nobody take the CPU from it? */
  isAtomic(s: S, thread: Id<'thread'>): boolean
}

/** `[]<>P`: something that is true again and again, such as that somebody is idle (see `Language.again`). */
export interface Recurrence<S = object> {
  readonly kind: 'again'
  readonly name: string
  holds(s: S): boolean
}

/** `weak.processes()`: every process that can go on goes on. */
export const weak = fairness('weak')
export const strong = fairness('strong')

/**
 * Weak fairness of each of these processes, whose levels share a CPU by falling priority: a process is bound to go on only in the states that are
 * left to it: in which none of a level before its own is able to run, or which it is in with preemption off (`isAtomic`). A process is able to run where it has a step that is not blocked, be it
 * one that leads back to its state, and that does not begin with a `sleep`.
 *
 * If there are states that are left to it again and again, and it can go on in each of them from some time on, then it goes on again and again:
 * `[]<>left => []<>(left /\ ~ENABLED <<A>>_v) \/ []<><<A>>_v`. Of the first level this is `WF_v(A)`.
 */
export function oneCpu<S = object>(levels: CpuFairness<S>['levels'], isAtomic: CpuFairness<S>['isAtomic'] = () => false): CpuFairness<S> {
  return { kind: 'one cpu', levels, isAtomic }
}

function fairness(kind: StepFairness['kind']) {
  return {
    /** Of each of these steps or actions by itself, and of a step in each process by itself. */
    steps: (...names: readonly string[]): StepFairness => ({ kind, of: 'steps', names }),
    /** Of each process of these names, whatever its step is; of all processes where none is named. */
    processes: (...names: readonly string[]): StepFairness => ({ kind, of: 'processes', names }),
    /** Of these steps or actions together: it is enough that one of them is taken. */
    any: (...names: readonly string[]): StepFairness => ({ kind, of: 'any', names }),
    /** Of these actions, for each value of a parameter that they have: `strong.each('c', 'Allocate')` of Allocate(c, …). */
    each: (parameter: string, ...names: readonly string[]): StepFairness => ({ kind, of: { each: parameter }, names }),
  }
}
