/**
 * Counts switches between processes on the way to a target: steps of a process whose last predecessor of any process was another's.
 * Actions belong to no process, so what was fewest from a state on depends on which process moved last before it.
 */

/** The number of a process, or -1 for none. */
export type ProcessIndex = number

/** A step towards a target. */
export interface Onward {
  readonly process: ProcessIndex
  /** The state that it leads to. */
  readonly child: number
}

export class Switches {
  /** By state: the fewest to a target, when no process has moved before (at 0) or process p was the last to (at p + 1). */
  readonly #fewest = new Map<number, readonly number[]>()
  readonly #lasts: readonly ProcessIndex[]

  /** @param processes how many there are */
  constructor(processes: number) {
    this.#lasts = Array.from({ length: processes + 1 }, (_, i) => i - 1)
  }

  /** Notes the steps out of a state; what they lead to was noted before, unless it is a target. */
  note(state: number, out: readonly Onward[]): void {
    this.#fewest.set(
      state,
      this.#lasts.map((last) => Math.min(...out.map((step) => this.from(step, last)))),
    )
  }

  /** The fewest from before a step to a target, when `last` was the last process to move. */
  from({ process, child }: Onward, last: ProcessIndex): number {
    const cost = process === -1 || last === -1 || process === last ? 0 : 1
    return cost + this.at(child, process === -1 ? last : process)
  }

  /** The fewest from a state to a target. */
  at(state: number, last: ProcessIndex): number {
    return this.#fewest.get(state)?.[last + 1] ?? 0
  }
}
