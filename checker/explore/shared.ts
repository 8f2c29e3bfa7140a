/** What the workers of a search share. */
import type { Scenario } from '../machine/scenario.js'
import type { Parts } from '../store/parts.js'
import { rowCapacity } from '../store/row-table.js'
import { type TreeMemory, treeMemory } from '../store/state-tree.js'
import { type FrontierMemory, frontierMemory } from './frontier.js'
import { MEETING_WORDS } from './meeting.js'

/** Why all workers stop before the search is complete; 0 while they do not. */
export const STOP = { not: 0, states: 1, seconds: 2, memory: 3, interrupted: 4 } as const
export type Stop = (typeof STOP)[keyof typeof STOP]

/** Words of `flags`. */
export const STOPPED = 0
/** Has anything been found? */
export const FOUND = 1
/** How many workers besides the first wait to begin, and how many have reported. */
export const READY = 2
export const REPORTED = 3
/** Set when they begin: 1 + how often the frontier has turned. */
export const BEGUN = 4
/** Has one of them failed? */
export const FAILED = 5
/** Is the store full, which is to be emptied into a database? */
export const SPILL = 6
/** Has the frontier some states of a depth whose others come later? */
export const MIDST = 7
/** How often the store was emptied. */
export const EMPTIED = 8
const FLAG_WORDS = 16

export interface SharedMemory {
  readonly store: TreeMemory
  readonly frontier: FrontierMemory
  readonly meeting: Int32Array<SharedArrayBuffer>
  readonly flags: Int32Array<SharedArrayBuffer>
  /** Bits of a state that the properties have read. */
  readonly watched: Int32Array<SharedArrayBuffer>
  /** For each worker, the states that it has added and the successors that it has found. */
  readonly figures: Float64Array<SharedArrayBuffer>
  /** How many bytes the store may take. */
  readonly maxBytes: number
  /** What all workers say of themselves at the end of each depth, where a database takes what does not fit into the store. */
  readonly published: Published | undefined
}

/** What a database keeps of a search besides its states, so that it can be resumed. */
export interface Published {
  /** For each worker, how often each step has fired. */
  readonly coverage: Float64Array<SharedArrayBuffer>
  /** For each property that waits for a state to show something, whether one has. */
  readonly settled: Int32Array<SharedArrayBuffer>
}

/** The most states, and the most inner nodes, that a search may ask address space for. */
const MOST_STATES = 1 << 29
const MOST_NODES = 1 << 28
const FEWEST_STATES = 1 << 18
/** The most states whose ids fit into the lists of a frontier. */
const MOST_IDS = 1 << 30

/**
 * @param words length of a state
 * @param capacity how many states; a power of two
 * @param parts into which the words of a state are put, if something is known of them
 */
export function sharedMemory(
  words: number,
  capacity: number,
  workers: number,
  maxBytes = Number.POSITIVE_INFINITY,
  parts?: Parts,
): SharedMemory {
  return {
    store: treeMemory(words, capacity, Math.min(capacity, MOST_NODES), parts),
    frontier: frontierMemory(capacity),
    meeting: new Int32Array(new SharedArrayBuffer(4 * MEETING_WORDS)),
    flags: new Int32Array(new SharedArrayBuffer(4 * FLAG_WORDS)),
    watched: new Int32Array(new SharedArrayBuffer(4 * words)),
    figures: new Float64Array(new SharedArrayBuffer(16 * workers)),
    maxBytes,
    published: undefined,
  }
}

export function published(steps: number, properties: number, workers: number): Published {
  return {
    coverage: new Float64Array(new SharedArrayBuffer(8 * steps * workers)),
    settled: new Int32Array(new SharedArrayBuffer(4 * properties)),
  }
}

/** As much memory as the machine lets a search ask for, with what else a smaller one has; undefined where that is for no more states. */
export function largestMemory(words: number, { store, frontier: _, ...kept }: SharedMemory, parts: Parts): SharedMemory | undefined {
  const fewest = Math.max(FEWEST_STATES, 2 * rowCapacity(store.roots))
  return forMost(MOST_STATES, fewest, (states) => ({ ...sharedMemory(words, states, 1, undefined, parts), ...kept }))
}

/** The same, of the memory of a frontier alone, and how many states that is for. */
export function largestFrontier(): { readonly states: number; readonly frontier: FrontierMemory } | undefined {
  return forMost(MOST_IDS, FEWEST_STATES, (states) => ({ states, frontier: frontierMemory(states) }))
}

function forMost<M>(most: number, fewest: number, make: (states: number) => M): M | undefined {
  for (let states = most; states >= fewest; states /= 2) {
    try {
      return make(states)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
  }
  return undefined
}

/** Says that the store may not take more memory: it is to be emptied into the database, if there is one. */
export function refuseMemory(memory: SharedMemory): void {
  if (memory.published === undefined) stop(memory, STOP.memory)
  else Atomics.store(memory.flags, SPILL, 1)
}

/** Tells all workers to stop; the first reason is the one that counts. */
export function stop({ flags }: SharedMemory, why: Stop): void {
  Atomics.compareExchange(flags, STOPPED, STOP.not, why)
}

/**
 * Where another thread finds the scenario, which is made of functions and cannot be sent: a module whose export `scenarioFor` is called
 * with `argument`.
 */
export interface ScenarioSource {
  /** URL of the module. */
  readonly module: string
  /** Anything that can be cloned. */
  readonly argument: unknown
}

/** What the module of a `ScenarioSource` exports. */
export interface ScenarioModule {
  scenarioFor(argument: unknown): Scenario | Promise<Scenario>
}
