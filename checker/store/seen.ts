/** A set of states that keeps less of them than all: it may take a new state for one that it has seen, and then that one is omitted. */

export interface Seen {
  /** Bytes that it has touched. */
  readonly bytes: number
  /** Has it to grow before much more is added? */
  readonly isFull: boolean
  /** Can it not grow any more? */
  readonly isAtCapacity: boolean
  /** Bytes that growing takes. */
  readonly growth: number
  /** The probability that a state that was never added looks as if it had been. */
  readonly mistaken: number

  /**
   * Adds a state, given by three words of a hash.
   *
   * @returns whether it was new
   */
  add(first: number, second: number, third: number): boolean
  has(first: number, second: number, third: number): boolean
  /** Takes more memory, unless it is at its capacity. */
  grow(): void
}
