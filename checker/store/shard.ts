/**
 * What a cluster of servers does for explorers, who agree by it and by nothing else. Everything here may be done twice, by several explorers, or late,
 * and comes to the same: an explorer may be killed between any two calls, and in the midst of one.
 */
import type { Work } from './work.js'

/** Part of what is to be done at a depth: some states of a shard to be expanded, or (`CLOSING`) its next depth to be made whole. */
export interface Task {
  /** Its index; 0 for the first depth. At -1, the initial states are to be found. */
  readonly depth: number
  /** Index of the shard. */
  readonly shard: number
  /** From 0. */
  readonly part: number
}

export const CLOSING = -1

/** What has come of a task. */
export interface Done extends Work {
  /** What was found in these states, as text. */
  readonly found: readonly string[]
}

/** A server, which keeps the states that fall to it. */
export interface Shard {
  /** For people. */
  readonly name: string
  /** How many states of a depth it has; undefined where the depth is not whole. */
  sizeOf(depth: number): Promise<number | undefined>
  /** Takes successors of a depth, one after the other, some again and some old; of a depth that is over it takes none. When this comes back, it has them. */
  add(depth: number, states: Int32Array): Promise<void>
  /** Makes the next depth whole: the successors that are in no depth up to this one. Of several who do it at once, the first counts. */
  close(depth: number, explorer: string): Promise<void>
  /** The states of a part of a whole depth: of each part but the last as many as a task has. */
  read(depth: number, part: number): Promise<Int32Array>
  /** Bytes on disk, or wherever it keeps them. */
  size(): Promise<number>
  end(): Promise<void>
}

/** That an explorer is at a task. */
export interface Claim extends Task {
  readonly explorer: string
}

export interface Taken {
  readonly noted: readonly Task[]
  readonly claimed: readonly Claim[]
}

/** Where explorers say what they do; on one of the servers. */
export interface Board {
  /** Says that an explorer is at tasks of a depth, of which there is one at least; it has to say so again before long. */
  claim(tasks: readonly Task[], explorer: string): Promise<void>
  /** Notes what has come of tasks, when all of their successors are in their shards. */
  note(tasks: readonly (Task & Done)[]): Promise<void>
  /** The tasks of a depth that were noted, and those that others than this explorer are at, as far as is known. */
  taken(depth: number, explorer: string): Promise<Taken>
  /** What has come of each task of a depth; several times, where several have done it. */
  done(depth: number): Promise<readonly (Task & Done)[]>
}
