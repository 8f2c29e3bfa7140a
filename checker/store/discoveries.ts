/**
 * How each state was found: from which other, and a tag that few states share. States are expanded in the order in which they were found,
 * so that it is enough to note the tags of those that each of them found, and where its list ends: two bytes for a state in all.
 */

/** Tags are below it. */
export const TAGS = 255
/** Ends the list of a state. */
const END = TAGS
const CHUNK = 1 << 16

export interface Discovery {
  /** -1 for an initial state. */
  readonly parent: number
  readonly tag: number
}

/** Where a chunk begins. */
interface Mark {
  /** The next state that is found. */
  readonly state: number
  /** The one that finds it. */
  readonly parent: number
}

export class Discoveries {
  readonly #chunks: Uint8Array[] = []
  readonly #marks: Mark[] = []
  #chunk = new Uint8Array(0)
  #at = 0
  #found = 0
  #parent = -1

  /** Memory that was taken. */
  get bytes(): number {
    return CHUNK * this.#chunks.length
  }

  /** What is found next is found from this state: the one after the last one, or that one again. */
  from(parent: number): void {
    if (parent === this.#parent) return
    if (parent !== this.#parent + 1) throw new Error(`state ${parent} is expanded after state ${this.#parent}`)
    this.#write(END)
    this.#parent = parent
  }

  /** Notes the next state. */
  add(tag: number): void {
    this.#write(tag)
    this.#found++
  }

  /** How a state was found, by its number. */
  of(state: number): Discovery {
    const index = this.#marks.findLastIndex((mark) => mark.state <= state)
    const mark = this.#marks[index] ?? { state: 0, parent: -1 }
    let [next, parent] = [mark.state, mark.parent]
    for (const byte of this.#bytesOf(index)) {
      if (byte === END) parent++
      else if (next++ === state) return { parent, tag: byte }
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
      this.#marks.push({ state: this.#found, parent: this.#parent })
      this.#at = 0
    }
    this.#chunk[this.#at++] = byte
  }
}
