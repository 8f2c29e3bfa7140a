/**
 * The lossy stores: of the states that were seen they keep a few bits (seen.ts), of those that wait to be expanded all words, and of each
 * how it was found, in two bytes, for traces (trace/recorded-path.ts). For one worker.
 *
 * What was omitted is estimated as the search goes: while a new state looks seen with probability q, q / (1 - q) states are omitted on
 * the average before one is added.
 */
import { Discoveries, TAGS } from './discoveries.js'
import type { Seen } from './seen.js'
import { StateHash } from './state-hash.js'
import { StateQueue } from './state-queue.js'
import type { Store } from './store.js'

/** What a search may have missed, as an estimate. */
export interface Omission {
  /** How many new states were probably taken for others; each may have led to more that no other leads to. */
  readonly states: number
  /** The probability that there is one at all. */
  readonly probability: number
}

/** Any number; the same for all runs, so that they are alike. */
const SEED = 0x5eed

export class LossyStore implements Store {
  /** How many states it has found. */
  added = 0
  readonly discoveries = new Discoveries()
  readonly #w: Int32Array
  readonly #current: Int32Array
  readonly #seen: Seen
  readonly #hash: StateHash
  readonly #queue: StateQueue
  #capacity: number
  /** It is full when it has so many states. */
  #limit: number
  /** The first state of the depth that was handed out last, and the one after its last. */
  #from = 0
  #to = 0
  #omitted = 0
  /** The probability that the next state looks seen if it was not. */
  #mistaken = 0

  /**
   * @param w where `insert` and `find` take a state from
   * @param current where `open` puts a state, besides `w`
   * @param capacity how many states, at first
   * @param seed of the hash; a search with another one omits other states
   */
  constructor(w: Int32Array, current: Int32Array, seen: Seen, capacity: number, seed = SEED) {
    this.#w = w
    this.#current = current
    this.#seen = seen
    this.#hash = new StateHash(seed)
    this.#queue = new StateQueue(w.length)
    this.#capacity = capacity
    this.#limit = capacity
  }

  get bytes(): number {
    return this.#seen.bytes + this.#queue.bytes + this.discoveries.bytes
  }

  get growth(): number {
    return this.#seen.isFull ? this.#seen.growth : 0
  }

  get isFull(): boolean {
    return this.added >= this.#limit || this.#seen.isFull
  }

  get isAtCapacity(): boolean {
    return this.added >= this.#capacity || (this.#seen.isFull && this.#seen.isAtCapacity)
  }

  get omission(): Omission {
    return { states: this.#omitted, probability: -Math.expm1(-this.#omitted) }
  }

  grow(): void {
    this.#limit = this.#capacity
    if (this.#seen.isFull) this.#seen.grow()
  }

  /** Lets it have so many states, if that is more than it may have now; answers whether it is. */
  raise(capacity: number): boolean {
    const isMore = capacity > this.#capacity
    if (isMore) this.#capacity = capacity
    return isMore
  }

  takeRanges(): number[] {
    this.#from = this.#to
    this.#to = this.added
    return this.#from < this.#to ? [this.#from, this.#to] : []
  }

  open(id: number): void {
    this.#queue.forgetBefore(this.#from)
    this.discoveries.from(id)
    this.read(id)
  }

  /** Reads a state of one of the last two depths to `w` and `current`, until one of the last depth is opened. */
  read(id: number): void {
    this.#queue.read(id, this.#w, this.#current)
  }

  insert(): number {
    const hash = this.#hash
    hash.of(this.#w)
    if (!this.#seen.add(hash.first, hash.second, hash.third)) return -1
    this.#omitted += this.#mistaken / (1 - this.#mistaken)
    this.#mistaken = this.#seen.mistaken
    this.#queue.add(this.#w)
    this.discoveries.add((hash.third >>> 0) % TAGS)
    return this.added++
  }

  add(): number {
    return this.insert()
  }

  /** None waits. */
  settle(): void {}

  find(): number {
    const hash = this.#hash
    hash.of(this.#w)
    return this.#seen.has(hash.first, hash.second, hash.third) ? 0 : -1
  }

  /** The tag that `discoveries` has of the state in `w` if it was found. */
  get tag(): number {
    this.#hash.of(this.#w)
    return (this.#hash.third >>> 0) % TAGS
  }
}
