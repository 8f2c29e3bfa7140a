/**
 * What a search asks of a database that keeps its states by depth, where they are more than its memory takes. Beside the database, the search has
 * a store in memory that it empties when that is full. So it may find a state again; only the database knows which are new.
 */

import type { Work } from './work.js'

/** Some states, as a database gives them. */
export interface States {
  readonly count: number
  /** Copies a state, from 0 to count - 1, to two arrays. */
  read(index: number, into: Int32Array, and: Int32Array): void
}

/** Gives states, some at once; undefined when there are no more, however often it is asked. */
export interface StateReader {
  next(): Promise<States | undefined>
}

/** What is kept of a search besides its states, as of its last whole depth. */
export interface Progress extends Work {
  /** States at each depth; what waits to be expanded is the last of them. */
  readonly sizes: readonly number[]
}

/** Says which search a database belongs to: for people, and in full. */
export interface Identity {
  /** Version of swapcheck, scenario, reduction, by name. */
  readonly parts: Readonly<Record<string, string>>
  /** Words of a state. */
  readonly words: number
}

/** A database cannot be used: it is of another search, or damaged, or full. Its message says what to do. */
export class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault'
  /** `refused` where it is not the one that was meant; `failed` where it could not do what it was asked. */
  readonly kind: 'refused' | 'failed'

  constructor(kind: DatabaseFault['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

export interface LevelDatabase {
  /** Where it is, for people. */
  readonly name: string
  /** Of the search that was saved, if one was. */
  readonly saved: Progress | undefined
  /** How many states it has taken since the depth began, some of them several times. */
  readonly waiting: number

  /** Takes the state in `w` as one of a depth that is not whole in the database; all of them are new. */
  keep(w: Int32Array, depth: number): void
  /** Takes the state in `w` as one of the next depth, unless it has been found before. */
  find(w: Int32Array): void
  /** Takes the state in `w` as one of those of the depth at hand that are still to be expanded; the others were. */
  leave(w: Int32Array): void
  /** Writes what was taken, if it is much; waits until that is done. The rest is written when it is needed. */
  drain(): Promise<void>

  /** The states that were left. */
  rest(): StateReader
  /** All states of a depth; 0 for the first. */
  statesAt(depth: number): StateReader

  /**
   * Closes the depth: those that were found and are new become the next one.
   *
   * @param depth its index
   * @param areDistinct was none of them found twice?
   * @returns how many they are
   */
  close(depth: number, areDistinct: boolean): Promise<number>
  /** Makes what was closed last, and this, last: from here the search goes on if it is resumed. */
  save(progress: Progress): Promise<void>
  /** Forgets what was not saved; answers bytes on disk, or wherever it keeps them. */
  size(): Promise<number>
  /** Takes its leave. What was saved stays. */
  end(): Promise<void>
}

/**
 * Opens a database, or makes one.
 *
 * @param maxBytes of memory that it may take
 * @throws DatabaseFault
 */
export type OpenDatabase = (identity: Identity, maxBytes: number) => Promise<LevelDatabase>
