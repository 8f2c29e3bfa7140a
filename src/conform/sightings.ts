/** What was seen of slots, packed, so that it can be passed to threads. */

/** What events look like. */
export interface Kind {
  /** What the spec calls it. */
  readonly label: string
  /** A new swap_map: each slot that the device had sees it. */
  readonly isDevice: boolean
}

/** Numbers of one sighting, one behind the other. */
export const WIDTH = 6
/**
 * Where each number is: which event it is; how many of its part were steps so far, itself included; the processor; the thread; index of a `Kind`; `slotKey`,
 * or of a device its type.
 */
export const [SEQ, HELD, CPU, PID, KIND, SLOT] = [0, 1, 2, 3, 4, 5]

export type Rows = Float64Array<ArrayBuffer>

/** What a part of a recording shows. */
export interface Packed {
  /** Rows of `WIDTH`, for each of those who follow slots. */
  readonly rows: readonly Rows[]
  /** Those that are new since the last part that was packed in the same place. */
  readonly kinds: readonly Kind[]
  readonly events: number
  /** How many of them are steps. */
  readonly held: number
}

/** What one who follows slots is told of a part. */
export interface Sighted {
  /** Where it was packed: kinds are numbered apart. */
  readonly source: number
  readonly kinds: readonly Kind[]
  readonly rows: Rows
  /** How many steps there were in the parts before. */
  readonly held: number
}

/** More slots than a device can have. */
const SLOTS = 2 ** 40

export function slotKey(type: number, offset: number): number {
  return type * SLOTS + offset
}

export function typeOf(key: number): number {
  return Math.floor(key / SLOTS)
}

export function offsetOf(key: number): number {
  return key % SLOTS
}
