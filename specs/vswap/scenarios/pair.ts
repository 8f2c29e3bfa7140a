import type { Process } from '../../../checker/index.js'
import type { State } from '../state.js'

/** What a file says of a scenario that holds. */
export interface Pair {
  readonly title: string
  readonly run: readonly Process[]
  readonly init: (s: State) => void
  readonly bounds?: Readonly<Record<string, number>>
  readonly unreachable: Readonly<Record<string, readonly string[]>>
  /** Distinct, generated, depth. */
  readonly counts: readonly [number, number, number]
}
