/**
 * Where a search keeps its states: in memory, all of each or a part; or in a database beside its memory. The search, as its first worker
 * runs it, knows no more of it than this.
 */

import type { Omission } from '../store/lossy-store.js'
import type { Change } from '../store/parts.js'
import type { StateTree } from '../store/state-tree.js'
import type { Store } from '../store/store.js'
import type { Work } from '../store/work.js'
import type { RecordedPath } from '../trace/recorded-path.js'
import type { Finding } from './findings.js'
import type { Frontier } from './frontier.js'
import type { Levels } from './levels.js'
import type { SharedMemory } from './shared.js'

/** Yields often; and what is to be waited for, until that has come. */
export type Searching<T> = Generator<Promise<unknown> | undefined, T>

/** What is done for a place that puts states into its store by itself. */
export interface Host {
  /** Lets the store grow, if that is possible while the others wait. */
  grow(): void
  /**
   * Lets the properties look at the state in `w`, that another search has found: a successor is only looked at where it differs in what they have
   * looked at before.
   */
  look(id: number): void
}

/** How a part of the search has ended, when all workers have met. */
export interface Ended extends Host {
  /** Has anything been found at this depth? */
  readonly isFound: boolean
  /** Must all workers stop? */
  readonly isStopped: boolean
  /** What has come of the states that this search has expanded, with what came before it was resumed left out. */
  own(): Work
  /** What this search has found at the depth that it is at. */
  findings(): readonly Finding[]
  /** Are so many states more than there may be? */
  areTooMany(distinct: number): boolean
}

/** The depth goes on (`midst`), is whole (`whole`), or is whole and its successors are too many (`beyond`). */
export type Turned = 'midst' | 'whole' | 'beyond'

/** What others have found: an earlier search that this one goes on from, or other explorers. */
export interface Elsewhere extends Work {
  readonly findings: readonly Finding[]
}

/** What a search has in a database. */
export interface Outside {
  /** For people. */
  readonly name: string
  /** On disk. */
  readonly bytes: number
}

export interface Place {
  /** What all workers use while they expand. */
  readonly store: Store
  readonly memory: SharedMemory
  readonly frontier: Frontier
  readonly levels: Levels
  /** What it has missed, if it may miss states. */
  readonly omission: Omission | undefined
  /** As of the depth that is expanded, when it began; undefined where there are no others. */
  readonly elsewhere: Elsewhere | undefined
  /** All states, with their ids, if they are in memory. */
  readonly whole: StateTree | undefined
  /** What all workers are to use, where there may be several at this moment. */
  readonly shared: StateTree | undefined

  /** Before the search; answers whether it goes on from another: the first states to be expanded are in the next frontier then. */
  begin(host: Host): Searching<boolean>
  /** Lets a full store have more memory, while there are no other workers; false where it cannot. */
  makeRoom(): boolean
  /** Between two depths: puts together which words change together. */
  learn(changes: () => readonly Change[]): void
  /** When all workers have met, and wait: moves what was found, and puts what is to be expanded next into the next frontier. */
  turn(ended: Ended): Searching<Turned>
  /** Before the first worker expands its share, and while the others do: what need not be done while all of them wait. */
  meanwhile(host: Host): Searching<void>
  /** After `turn`, when a depth is whole and the next frontier is the frontier: notes the depth that begins. */
  note(): void
  /** How many states were found, `added` of them by the store. */
  distinct(added: number): number
  /** How many there are for sure. */
  atLeast(added: number): number
  /** What was found, in a store that has all states on the way to it. */
  pathTo(found: readonly Finding[]): Searching<RecordedPath>
  /** After the search; answers what it has left outside. */
  end(): Searching<Outside | undefined>
  /** After a search that has failed. */
  quit(): Searching<void>
}

/** Waits for something. */
export function* until<T>(promise: Promise<T>): Searching<T> {
  let came: { readonly value: T } | { readonly error: unknown } | undefined
  yield promise.then(
    (value) => {
      came = { value }
    },
    (error: unknown) => {
      came = { error }
    },
  )
  if (came === undefined) throw new Error('what was waited for has not come')
  const { value, error } = came as { readonly value?: T; readonly error?: unknown }
  if (error !== undefined) throw error
  return value as T
}

/** There is nothing to wait for. */
// biome-ignore lint/correctness/useYield: that is what it is for.
export function* atOnce<T>(value: T): Searching<T> {
  return value
}
