import type { Fairness, Process } from '../../../checker/index.js'
import type { State } from '../state.js'

/** What a file says of a scenario that holds. */
export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  /** In place of the spec's. */
  readonly fairness?: readonly Fairness<State>[]
  /** Distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}
