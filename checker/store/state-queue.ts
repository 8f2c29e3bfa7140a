/** States that wait to be expanded, packed, in the order of their numbers. Those that are forgotten give their memory to others. */

/** A chunk has so many states. */
const CHUNK = 1 << 10
const CHUNK_BITS = 10

export class StateQueue {
  readonly #words: number
  /** By the high bits of the numbers of their states. */
  readonly #chunks = new Map<number, Int32Array>()
  readonly #spare: Int32Array[] = []
  #oldest = 0
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

  /** Copies the state of a number to two arrays. */
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

  /** Says that no state before this one is read any more. */
  forgetBefore(number: number): void {
    for (; this.#oldest < number >>> CHUNK_BITS; this.#oldest++) {
      const chunk = this.#chunks.get(this.#oldest)
      if (chunk !== undefined) this.#spare.push(chunk)
      this.#chunks.delete(this.#oldest)
    }
  }

  #begin(chunk: number): void {
    this.#written = this.#spare.pop() ?? new Int32Array(CHUNK * this.#words)
    this.#chunks.set(chunk, this.#written)
  }

  #turnTo(index: number): void {
    const chunk = this.#chunks.get(index)
    if (chunk === undefined) throw new Error(`the states of chunk ${index} are not there`)
    this.#read = chunk
    this.#reading = index
  }
}
