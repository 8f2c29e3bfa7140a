/**
 * The exact store in memory: full packed states in segments, and an open-addressing table of their ids (linear probing, at most half full,
 * doubled when it is). A table word holds the id in its low bits and bits of the hash above, so that most probes
 * of another state end without reading it. 4 bytes per state for its parent, 8 to 16 for the table.
 *
 * Hash: multiply and xor-shift per word, finished as in MurmurHash3's fmix32 (Appleby).
 */
import type { Store } from './store.js'

/** States per segment: 2^16. */
const SEGMENT_SHIFT = 16
const SEGMENT_MASK = (1 << SEGMENT_SHIFT) - 1
const INITIAL_TABLE = 1 << 12

export class MemoryStore implements Store {
  size = 0
  readonly #words: number
  /** States, 2^16 to a segment. */
  readonly #states: Int32Array[] = []
  readonly #parents: Int32Array[] = []
  /** 0 for empty, else id + 1 in the bits of `#mask`, hash bits above. Its length is a power of two and more than twice `size`. */
  #table = new Int32Array(INITIAL_TABLE)
  #mask = INITIAL_TABLE - 1

  /** @param words length of a packed state */
  constructor(words: number) {
    this.#words = words
  }

  get bytes(): number {
    return this.#table.byteLength + this.#states.length * ((this.#words + 1) << (SEGMENT_SHIFT + 2))
  }

  insert(w: Int32Array, parent: number): number {
    const hash = this.#hash(w, 0)
    const mask = this.#mask
    const table = this.#table
    let slot = hash & mask
    for (let entry = table[slot] as number; entry !== 0; entry = table[slot] as number) {
      if (((entry ^ hash) & ~mask) === 0 && this.#equals((entry & mask) - 1, w)) return ~((entry & mask) - 1)
      slot = (slot + 1) & mask
    }
    const id = this.#append(w, parent)
    table[slot] = (hash & ~mask) | (id + 1)
    if (this.size * 2 >= mask) this.#grow()
    return id
  }

  find(w: Int32Array): number {
    const hash = this.#hash(w, 0)
    const mask = this.#mask
    let slot = hash & mask
    for (let entry = this.#table[slot] as number; entry !== 0; entry = this.#table[slot] as number) {
      if (((entry ^ hash) & ~mask) === 0 && this.#equals((entry & mask) - 1, w)) return (entry & mask) - 1
      slot = (slot + 1) & mask
    }
    return -1
  }

  read(id: number, into: Int32Array): void {
    const segment = this.#states[id >>> SEGMENT_SHIFT] as Int32Array
    const start = (id & SEGMENT_MASK) * this.#words
    for (let i = 0; i < this.#words; i++) into[i] = segment[start + i] as number
  }

  parentOf(id: number): number {
    return (this.#parents[id >>> SEGMENT_SHIFT] as Int32Array)[id & SEGMENT_MASK] as number
  }

  #append(w: Int32Array, parent: number): number {
    const id = this.size++
    const index = id & SEGMENT_MASK
    if (index === 0) {
      this.#states.push(new Int32Array(this.#words << SEGMENT_SHIFT))
      this.#parents.push(new Int32Array(1 << SEGMENT_SHIFT))
    }
    const segment = this.#states[id >>> SEGMENT_SHIFT] as Int32Array
    const start = index * this.#words
    for (let i = 0; i < this.#words; i++) segment[start + i] = w[i] as number
    ;(this.#parents[id >>> SEGMENT_SHIFT] as Int32Array)[index] = parent
    return id
  }

  #equals(id: number, w: Int32Array): boolean {
    const segment = this.#states[id >>> SEGMENT_SHIFT] as Int32Array
    const start = (id & SEGMENT_MASK) * this.#words
    for (let i = 0; i < this.#words; i++) if (segment[start + i] !== w[i]) return false
    return true
  }

  #hash(w: Int32Array, start: number): number {
    let h = 0x9e3779b9 | 0
    for (let i = start; i < start + this.#words; i++) {
      h = Math.imul(h ^ (w[i] as number), 0x85ebca6b)
      h ^= h >>> 15
    }
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    return h ^ (h >>> 16)
  }

  /** Doubles the table; ids are put back in order, so each segment is read once from end to end. */
  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let id = 0; id < this.size; id++) {
      const segment = this.#states[id >>> SEGMENT_SHIFT] as Int32Array
      const hash = this.#hash(segment, (id & SEGMENT_MASK) * this.#words)
      let slot = hash & mask
      while (table[slot] !== 0) slot = (slot + 1) & mask
      table[slot] = (hash & ~mask) | (id + 1)
    }
    this.#table = table
    this.#mask = mask
  }
}
