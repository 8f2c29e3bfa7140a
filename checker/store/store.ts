/** What a search asks of the place where it keeps its states. */
import type { Crew } from './crew.js'

/** More was inserted into a full store than it had places left. */
export class StoreFull extends Error {}

/** States have numbers (ids) from 0, in the order of their discovery by one worker. */
export interface Store {
  /** How many states this worker has added. */
  readonly added: number
  /** Bytes that the store has touched. */
  readonly bytes: number
  /** Bytes that growing what is full takes. */
  readonly growth: number
  /** Must all workers meet to grow the store before more is inserted? */
  readonly isFull: boolean
  /** Does what is full need a larger memory? */
  readonly isAtCapacity: boolean

  /** Makes room for more states, all workers together. */
  grow(crew?: Crew): void
  /** At the end of a depth: the ids that this worker has added since the one before, as ranges: first, and one after the last. */
  takeRanges(): number[]
  /** Reads a state, one of the depth at hand, to `w` and `current`: what is inserted next are its successors. */
  open(id: number): void
  /**
   * Adds the state in `w` unless it is there.
   *
   * @param touched the words (`touchedBit`) in which it may differ from the state that was opened last
   * @returns its new id, or a negative number where it was there
   * @throws StoreFull where the store is full, and has not grown for long
   */
  insert(touched?: number): number
  /**
   * Adds the state in `w` unless it is there, at once or when `settle` is called.
   *
   * @param isAsked not 0 if somebody wants to know whether it is new
   * @param change what the step from the state that was opened last wrote, by a number; 0 where that is not known
   * @returns its new id, or a negative number where it was there, or waits
   * @throws StoreFull
   */
  add(touched: number, isAsked: number, change: number): number
  /** Adds the states that wait; then tells the new ones among them that somebody wants to know of. */
  settle(tell: (id: number) => void): void
  /** A negative number if the state in `w` is not there. */
  find(): number
}
