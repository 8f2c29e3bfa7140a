/**
 * How each state was found: from which other, and as which of that one's successors. States are expanded in the order in which they were
 * found, so that it is enough to note, for one after the other, which of its successors were new: a byte for each of those and one
 * after the last, two bytes for a state in all.
 *
 * A byte below SKIP says how many successors that were not new came before a new one; SKIP, that there were so many, and more; END ends the
 * list of a state.
 */

const SKIP = 254
const END = 255
const CHUNK = 1 << 16

/** How a state was found; an initial state has the parent -1, and its place among the initial states. */
export interface Discovery {
  readonly parent: number
  readonly successor: number
}

/** Where a chunk begins. */
interface Mark extends Discovery {
  /** The next state that is found. */
  readonly state: number
}

export class Discoveries {
  readonly #chunks: Uint8Array[] = []
  readonly #marks: Mark[] = []
  #chunk = new Uint8Array(0)
  #at = 0
  #found = 0
  #parent = -1
  /** Successors since the last new one. */
  #old = 0
  /** Successors up to and including the last new one. */
  #successor = 0

  /** Memory that was taken. */
  get bytes(): number {
    return CHUNK * this.#chunks.length
  }

  /** What is noted next are the successors of this state: the one after the last one, or that one again. */
  from(parent: number): void {
    if (parent === this.#parent) return
    if (parent !== this.#parent + 1) throw new Error(`state ${parent} is expanded after state ${this.#parent}`)
    this.#write(END)
    this.#parent = parent
    this.#old = 0
    this.#successor = 0
  }

  /** A successor that was not new. */
  noteOld(): void {
    this.#old++
  }

  noteNew(): void {
    for (; this.#old >= SKIP; this.#old -= SKIP) {
      this.#write(SKIP)
      this.#successor += SKIP
    }
    this.#write(this.#old)
    this.#successor += this.#old + 1
    this.#old = 0
    this.#found++
  }

  /** How a state was found, by its number. */
  of(state: number): Discovery {
    const index = this.#marks.findLastIndex((mark) => mark.state <= state)
    let { state: next, parent, successor } = this.#marks[index] ?? { state: 0, parent: -1, successor: 0 }
    for (const byte of this.#bytesOf(index)) {
      if (byte === END) {
        parent++
        successor = 0
        continue
      }
      successor += byte
      if (byte === SKIP) continue
      if (next === state) return { parent, successor }
      next++
      successor++
    }
    throw new Error(`state ${state} was not found`)
  }

  #bytesOf(index: number): Uint8Array {
    return index === this.#chunks.length - 1 ? this.#chunk.subarray(0, this.#at) : (this.#chunks[index] ?? this.#chunk)
  }

  #write(byte: number): void {
    if (this.#at === this.#chunk.length) {
      this.#chunk = new Uint8Array(CHUNK)
      this.#chunks.push(this.#chunk)
      this.#marks.push({ state: this.#found, parent: this.#parent, successor: this.#successor })
      this.#at = 0
    }
    this.#chunk[this.#at++] = byte
  }
}
