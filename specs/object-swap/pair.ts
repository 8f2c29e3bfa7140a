/** What a scenario of two processes or more is made of. */
import type { Process } from '../../checker/index.js'
import type { State } from './state.js'

export type Counts = readonly [distinct: number, generated: number, depth: number]

export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  readonly counts: Counts
}
