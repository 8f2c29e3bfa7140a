/** States that wait to be expanded, packed, first in and first out: what has been expanded gives its memory to what is added. */

/** A chunk has so many states. */
const CHUNK = 1 << 10
const CHUNK_BITS = 10

export class StateQueue {
  readonly #words: number
  /** By the high bits of the numbers of their states. */
  readonly #chunks = new Map<number, Int32Array>()
  readonly #spare: Int32Array[] = []
  #reading = -1
  #read: Int32Array = new Int32Array(0)
  #written: Int32Array = new Int32Array(0)
  #count = 0

  /** @param words length of a state */
  constructor(words: number) {
    this.#words = words
  }

  /** Memory that was taken. */
  get bytes(): number {
    return 4 * CHUNK * this.#words * (this.#chunks.size + this.#spare.length)
  }

  /** Adds a state; its number is how many there were. */
  add(state: Int32Array): void {
    let to = (this.#count & (CHUNK - 1)) * this.#words
    if (to === 0) this.#begin(this.#count >>> CHUNK_BITS)
    const chunk = this.#written
    for (let i = 0; i < this.#words; i++) chunk[to++] = state[i] as number
    this.#count++
  }

  /** Copies the state of a number to two arrays. Numbers must not go down: states of earlier chunks are gone then. */
  read(number: number, into: Int32Array, and: Int32Array): void {
    if (number >>> CHUNK_BITS !== this.#reading) this.#turnTo(number >>> CHUNK_BITS)
    const chunk = this.#read
    let from = (number & (CHUNK - 1)) * this.#words
    for (let i = 0; i < this.#words; i++) {
      const word = chunk[from++] as number
      into[i] = word
      and[i] = word
    }
  }

  #begin(chunk: number): void {
    this.#written = this.#spare.pop() ?? new Int32Array(CHUNK * this.#words)
    this.#chunks.set(chunk, this.#written)
  }

  #turnTo(chunk: number): void {
    for (; this.#reading < chunk; this.#reading++) {
      const done = this.#chunks.get(this.#reading)
      if (done !== undefined) this.#spare.push(done)
      this.#chunks.delete(this.#reading)
    }
    const next = this.#chunks.get(chunk)
    if (next === undefined) throw new Error(`the states of chunk ${chunk} are gone`)
    this.#read = next
  }
}
