/** The workers of a search, as each of them sees the others. */

export interface Crew {
  /** How many there are, at least 1. */
  readonly size: number
  /** Which of them this one is: 0 to size - 1. */
  readonly index: number
  /** Waits until all of them are here. */
  meet(): void
}

/** A worker that has no others. */
export const alone: Crew = { size: 1, index: 0, meet() {} }
