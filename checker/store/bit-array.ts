/**
 * Bitstate hashing: a state sets a few bits of an array whose length does not change, and is taken for seen where all of them are set
 * (G. J. Holzmann, "An analysis of bitstate hashing", Formal Methods in System Design 13, 1998). Double hashing says in which words, which
 * serves as well as independent hashes (P. C. Dillinger and P. Manolios, "Bloom filters in probabilistic verification", FMCAD 2004).
 */
import type { Seen } from './seen.js'

/** As in Spin. */
const BITS_OF_A_STATE = 3
/** An array of more words could not be indexed by an integer of 32 bits. */
const MOST_BYTES = 2 ** 33

export class BitArray implements Seen {
  readonly isFull = false
  readonly isAtCapacity = true
  readonly growth = 0
  readonly #words: Int32Array
  readonly #perState: number
  /** Bits that are set. */
  #set = 0

  /**
   * @param bytes what the array may take; it takes 8 GiB at most
   * @param perState how many bits a state sets, 1 to 6
   * @throws RangeError where there is not enough address space
   */
  constructor(bytes: number, perState = BITS_OF_A_STATE) {
    const length = Math.max(1, Math.floor(Math.min(bytes, MOST_BYTES) / 4))
    this.#words = new Int32Array(new SharedArrayBuffer(4 * length))
    this.#perState = perState
  }

  get bytes(): number {
    return 4 * this.#words.length
  }

  /** The share of the bits that are set. */
  get filled(): number {
    return this.#set / (32 * this.#words.length)
  }

  get mistaken(): number {
    return this.filled ** this.#perState
  }

  add(first: number, second: number, third: number): boolean {
    const words = this.#words
    const { length } = words
    let x = first
    let isNew = false
    for (let i = 0; i < this.#perState; i++) {
      const at = Math.floor((x >>> 0) * (length / 2 ** 32))
      const bit = 1 << (third >>> (5 * i))
      const word = words[at] as number
      if ((word & bit) === 0) {
        words[at] = word | bit
        this.#set++
        isNew = true
      }
      x = (x + second) | 0
    }
    return isNew
  }

  grow(): void {}

  has(first: number, second: number, third: number): boolean {
    const words = this.#words
    let x = first
    for (let i = 0; i < this.#perState; i++) {
      const at = Math.floor((x >>> 0) * (words.length / 2 ** 32))
      if (((words[at] as number) & (1 << (third >>> (5 * i)))) === 0) return false
      x = (x + second) | 0
    }
    return true
  }
}
