/**
 * States of which memory holds some, and a database all: a tree in memory that is emptied when it is full, and that a part of the frontier at a time
 * is read into. It also holds successors, each once until it is emptied again.
 */
import type { System } from '../machine/system.js'
import type { StateReader, States } from '../store/level-database.js'
import { BLOCK } from './frontier.js'
import { type Host, type Searching, until } from './place.js'
import { EMPTIED, type SharedMemory } from './shared.js'
import { TreePlace } from './tree-place.js'

/** So many states of the frontier are read from the database at once, unless they take more than a share of the memory. */
const PART = 1 << 16
/** So many, whatever they take; and so many between two looks at how much that is. */
const LEAST_PART = 1 << 7
const SHARE_OF_PART = 1 / 8
/** The memory is emptied before a part is read when it is so full. */
const FULL = 3 / 4
/** A part is read ahead where so many times its size has room: its own, and the successors of the one at hand, and its own. */
const AHEAD = 4
/** After so many states it is waited until the database has them. */
const DRAINED = 1 << 15

export const nothingLeft: StateReader = { next: async () => undefined }

export abstract class OutsidePlace extends TreePlace {
  protected readonly system: System
  /** What is read of the frontier: first what was left when the memory was emptied last, as words. */
  protected reader = nothingLeft
  readonly #rest: Int32Array[] = []
  #states: States | undefined
  #next = 0
  /** What was read before the part at hand was expanded, as ranges of ids. */
  #ahead: number[] = []
  /** Bytes that the part has taken which was read last. */
  #taken = 0
  #isEmpty = true
  /** How many states the part at hand has, if it was read into an empty memory; else -1. */
  protected readIntoEmpty = -1

  constructor(system: System, memory: SharedMemory) {
    super(system, memory)
    this.system = system
  }

  /** Empties the memory; the others hear of it. */
  protected empty(): void {
    const { flags } = this.memory
    this.store.clear()
    flags[EMPTIED] = (flags[EMPTIED] as number) + 1
    this.#isEmpty = true
  }

  /** Keeps what is left of the frontier when the memory is to be emptied. */
  protected leave(rest: ArrayLike<number>): void {
    for (let i = 0; i < rest.length; i += 2) {
      for (let id = rest[i] as number; id < (rest[i + 1] as number); id++) {
        this.store.open(id)
        this.#rest.push(this.system.w.slice())
      }
    }
  }

  /** Reads a part of the frontier into the memory, which is emptied before if it is nearly full; answers how many states that are. */
  protected *load(host: Host): Searching<number> {
    if (!(this.#isMore || (yield* this.#fetch()))) return 0
    if (this.isNearlyFull) this.empty()
    const ranges = yield* this.#readPart(host)
    this.frontier.add(ranges)
    this.readIntoEmpty = this.#isEmpty ? sizeOf(ranges) : -1
    this.#isEmpty = false
    return sizeOf(ranges)
  }

  /** Reads the next part as well, while others expand the one at hand: so the memory can neither be emptied nor grow. */
  protected *readAhead(host: Host): Searching<void> {
    if (this.store.bytes + AHEAD * this.#taken < FULL * this.memory.maxBytes) this.#ahead = yield* this.#readPart({ ...host, grow() {} })
  }

  /** Makes what was read ahead the next part; false where there is nothing. */
  protected goAhead(): boolean {
    if (this.#ahead.length === 0) return false
    this.frontier.add(this.#ahead)
    this.#ahead = []
    this.readIntoEmpty = -1
    return true
  }

  /** Keeps what was read ahead, like what is left of the frontier. */
  protected leaveAhead(): void {
    this.leave(this.#ahead)
    this.#ahead = []
  }

  protected get isNearlyFull(): boolean {
    return this.store.bytes > FULL * this.memory.maxBytes
  }

  /** Reads what waits, as long as it is a part, and the memory has room; answers the ids as ranges. */
  *#readPart(host: Host): Searching<number[]> {
    const { store, frontier, memory } = this
    const most = Math.min(PART, frontier.capacity / 2)
    const start = store.bytes
    const end = start + SHARE_OF_PART * memory.maxBytes
    const ranges: number[] = []
    let count = 0
    while (count < most && (count < LEAST_PART || store.bytes < end)) {
      if (store.isFull) host.grow()
      if (store.isFull || !(this.#isMore || (yield* this.#fetch()))) break
      count += this.#insert(ranges, Math.min(LEAST_PART, most - count), host)
    }
    store.takeRanges()
    this.#taken = store.bytes - start
    return ranges
  }

  /** Inserts so many states, or as many as are here and have room. */
  #insert(ranges: number[], most: number, host: Host): number {
    const { store } = this
    const areLookedAt = this.elsewhere !== undefined
    let count = 0
    for (; count < most && !store.isFull && this.#isMore; count++) {
      this.#read()
      const id = store.insert()
      if (id >= 0 && areLookedAt) host.look(id)
      addTo(ranges, id < 0 ? ~id : id)
    }
    return count
  }

  /** Does a state wait here? */
  get #isMore(): boolean {
    return this.#rest.length > 0 || (this.#states !== undefined && this.#next < this.#states.count)
  }

  /** Reads the next state that waits into the words of the system. */
  #read(): void {
    const { w, current } = this.system
    const words = this.#rest.pop()
    if (words === undefined) this.#states?.read(this.#next++, w, current)
    else w.set(words)
  }

  /** Waits for more; false where there is none. */
  *#fetch(): Searching<boolean> {
    do {
      this.#states = yield* until(this.reader.next())
      this.#next = 0
    } while (this.#states?.count === 0)
    return this.#isMore
  }

  /** Opens states one after the other, for `take`, and waits now and then, and at the end, until the database has them. */
  protected *give(blocks: ArrayLike<number>, take: (w: Int32Array) => void, drain: () => Promise<void>): Searching<void> {
    let count = 0
    for (let i = 0; i < blocks.length; i += 2) {
      const end = blocks[i + 1] as number
      for (let from = blocks[i] as number; from < end; from += BLOCK) {
        const to = Math.min(from + BLOCK, end)
        this.#open(from, to, take)
        count += to - from
        if (count < DRAINED) continue
        yield* until(drain())
        count = 0
      }
    }
    yield* until(drain())
  }

  #open(from: number, to: number, take: (w: Int32Array) => void): void {
    const { store } = this
    const { w } = this.system
    for (let id = from; id < to; id++) {
      store.open(id)
      take(w)
    }
  }
}

export function sizeOf(blocks: ArrayLike<number>): number {
  let size = 0
  for (let i = 0; i < blocks.length; i += 2) size += (blocks[i + 1] as number) - (blocks[i] as number)
  return size
}

/** Adds an id to ranges: to the last one where it is the next. */
function addTo(ranges: number[], id: number): void {
  const last = ranges.length - 1
  if (last > 0 && ranges[last] === id) ranges[last] = id + 1
  else ranges.push(id, id + 1)
}
