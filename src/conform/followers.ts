/** Who reads parts of a recording, and follows the slots in them. */
import type { Bytes } from '../recording/chunks.js'
import type { Refusal } from '../refusal.js'
import type { Stop } from './slot-runs.js'
import type { PartialTally } from './tally.js'

export interface Followers {
  /** How many events were read, and how many of them are steps. */
  readonly events: number
  readonly held: number
  /** A stop that is known already; there may be an earlier one, until all is settled. */
  readonly stop: Stop | undefined
  /** What is wrong with the recording; a stop comes before it. */
  readonly refusal: Refusal | undefined
  /** The next part: whole lines. */
  take(bytes: Bytes): Promise<void>
  /**
   * Until all is followed that was taken.
   *
   * @param isWhole is that all of the recording?
   */
  settle(isWhole: boolean): Promise<void>
  /** What was seen up to an event. */
  tally(last: number): Promise<readonly PartialTally[]>
  end(): Promise<void>
}
