/**
 * A set of fingerprints of up to 64 bits: an open-addressing table in which they are in order (O. Amble and D. E. Knuth, "Ordered hash
 * tables", Computer Journal 17, 1974). A search ends at the first larger one, so that the table may be rather full; and it may grow by a
 * quarter, as the order of the fingerprints is that of their places in a table of any length. It takes 9.4 to 11.8 bytes for each.
 */
import type { Seen } from './seen.js'

const FIRST_SLOTS = 1 << 12
/** It has to grow when it is fuller than this, by so much. */
const FULL = 0.85
const GROWTH = 1.25
/** It grows by itself when it is fuller than this: one state may have very many successors. */
const OVERFULL = 0.95
/** Slots after the last place, for what is pushed on beyond it. */
const OVERHANG = 1 << 12
/** A table of so many slots moves to as much memory as it can get; what is never touched costs nothing. */
const LARGE = 1 << 18
const MOST_SLOTS = 1 << 30

export class FingerprintTable implements Seen {
  readonly #bits: number
  /** Which bits of the two words of a hash belong to a fingerprint. */
  readonly #firstMask: number
  readonly #secondMask: number
  /** Two words for a slot; those of an empty one are 0. */
  #words: Int32Array = new Int32Array(2 * (FIRST_SLOTS + OVERHANG))
  #slots = FIRST_SLOTS
  #count = 0
  #isAtCapacity = false

  /** @param bits how wide a fingerprint is, 1 to 64 */
  constructor(bits = 64) {
    this.#bits = bits
    this.#firstMask = bits >= 32 ? -1 : -1 << (32 - bits)
    this.#secondMask = bits === 64 ? -1 : bits > 32 ? -1 << (64 - bits) : 0
  }

  get bytes(): number {
    return 8 * (this.#slots + OVERHANG)
  }

  get isFull(): boolean {
    return this.#count >= FULL * this.#slots
  }

  get isAtCapacity(): boolean {
    return this.#isAtCapacity
  }

  get growth(): number {
    return 8 * (Math.floor(this.#slots * GROWTH) - this.#slots)
  }

  get mistaken(): number {
    return this.#count / 2 ** this.#bits
  }

  add(first: number, second: number): boolean {
    if (this.#count >= OVERFULL * this.#slots && !this.#isAtCapacity) this.grow()
    const a = first & this.#firstMask
    const b = this.#secondOf(a, second)
    const words = this.#words
    const at = this.#find(a, b)
    if (words[at] === a && words[at + 1] === b) return false
    this.#insert(at, a, b)
    this.#count++
    return true
  }

  has(first: number, second: number): boolean {
    const a = first & this.#firstMask
    const b = this.#secondOf(a, second)
    const at = this.#find(a, b)
    return this.#words[at] === a && this.#words[at + 1] === b
  }

  grow(): void {
    const oldEnd = this.#slots + OVERHANG
    const slots = Math.floor(this.#slots * GROWTH)
    const end = slots + OVERHANG
    this.#isAtCapacity = 2 * end > this.#words.length && !this.#moveTo(slots)
    if (this.#isAtCapacity) return
    this.#slots = slots
    this.#spread(this.#pack(oldEnd, end), end)
  }

  /** The fingerprint that would look like an empty slot is given another, which no other has. */
  #secondOf(a: number, second: number): number {
    const b = second & this.#secondMask
    return (a | b) === 0 ? 1 : b
  }

  /** Where in `words` a fingerprint is, or has to go. */
  #find(a: number, b: number): number {
    const words = this.#words
    let at = 2 * this.#placeOf(a)
    for (;;) {
      const x = words[at] as number
      const y = words[at + 1] as number
      if (x >= a && (x > a || y >= b)) return at
      if ((x | y) === 0) return at
      at += 2
    }
  }

  /** Pushes the fingerprints from here up to the next empty slot on by one. */
  #insert(at: number, a: number, b: number): void {
    const words = this.#words
    let end = at
    while (((words[end] as number) | (words[end + 1] as number)) !== 0) end += 2
    for (let to = end; to > at; to -= 2) {
      words[to] = words[to - 2] as number
      words[to + 1] = words[to - 1] as number
    }
    words[at] = a
    words[at + 1] = b
  }

  /** The first slot for a fingerprint. */
  #placeOf(a: number): number {
    return ((a + 2 ** 31) * (this.#slots / 2 ** 32)) | 0
  }

  /** Moves all fingerprints to the end of the slots; answers the first of theirs. */
  #pack(oldEnd: number, end: number): number {
    const words = this.#words
    let to = end
    for (let from = oldEnd - 1; from >= 0; from--) {
      const a = words[2 * from] as number
      const b = words[2 * from + 1] as number
      if ((a | b) === 0) continue
      to--
      words[2 * from] = 0
      words[2 * from + 1] = 0
      words[2 * to] = a
      words[2 * to + 1] = b
    }
    return to
  }

  /** Moves each back to its place. None is written where another has yet to be read, unless the hash is very uneven. */
  #spread(start: number, end: number): void {
    const words = this.#words
    let free = 0
    for (let from = start; from < end; from++) {
      const a = words[2 * from] as number
      const b = words[2 * from + 1] as number
      const to = Math.max(free, this.#placeOf(a))
      words[2 * from] = 0
      words[2 * from + 1] = 0
      words[2 * to] = a
      words[2 * to + 1] = b
      free = to + 1
    }
  }

  /** Takes memory for so many slots at least; false if there is none. */
  #moveTo(slots: number): boolean {
    for (let room = slots < LARGE ? 2 * slots : MOST_SLOTS; room >= slots; room = Math.floor(room / 2)) {
      try {
        const words = new Int32Array(new SharedArrayBuffer(8 * (room + OVERHANG)))
        words.set(this.#words)
        this.#words = words
        return true
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
      }
    }
    return false
  }
}
