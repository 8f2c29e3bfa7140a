/** What a scenario of two threads or more is made of, and the designs that it is explored in. */
import type { Process } from '../../checker/index.js'
import type { State } from './state.js'

/** lock, cache: how the right to move is had. alone: nobody moves anything. */
export type Design = 'lock' | 'cache' | 'alone'
export type Counts = readonly [distinct: number, generated: number, depth: number]

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable?: Readonly<Record<string, readonly string[]>>
  /** What only one of the designs does not reach. */
  readonly unreachableIn?: Partial<Record<Design, Readonly<Record<string, readonly string[]>>>>
  /** By the designs that it is explored in. */
  readonly counts: Partial<Record<Design, Counts>>
}
