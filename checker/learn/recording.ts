/** What one unit of a system reads from a state and what each of its runs writes, in bits. */
import type { RunLog } from '../machine/system.js'

/** Wider reads are taken apart, so that a node of a decision tree has at most 2^8 children. */
const WIDEST = 8

/** A run of bits that was read, and the value that was found: `(state[word] >>> shift) & mask`. */
export interface Read {
  readonly word: number
  readonly shift: number
  readonly mask: number
  readonly value: number
}

export class Recording implements RunLog {
  /** In the order of reading; none of bits that were all read before, or written by the run itself. */
  readonly reads: Read[] = []
  readonly #state: Int32Array
  /** Bits that were read from the state, by this run or those before it. */
  readonly #read: Int32Array
  /** Bits that the run at hand has written. */
  readonly written: Int32Array

  /** @param state the state that the runs start from; read whenever a bit is */
  constructor(state: Int32Array) {
    this.#state = state
    this.#read = new Int32Array(state.length)
    this.written = new Int32Array(state.length)
  }

  /** Before the first run of a unit. */
  begin(): void {
    this.reads.length = 0
    this.#read.fill(0)
    this.written.fill(0)
  }

  undone(): void {
    this.written.fill(0)
  }

  read(word: number, shift: number, mask: number): void {
    const bits = mask << shift
    const known = (this.#read[word] as number) | (this.written[word] as number)
    if ((bits & ~known) === 0) return
    this.#read[word] = (this.#read[word] as number) | bits
    for (let done = 0; done < 32 && mask >>> done !== 0; done += WIDEST) this.#note(word, shift + done, (mask >>> done) & (2 ** WIDEST - 1))
  }

  write(word: number, shift: number, mask: number): void {
    this.written[word] = (this.written[word] as number) | (mask << shift)
  }

  #note(word: number, shift: number, mask: number): void {
    this.reads.push({ word, shift, mask, value: ((this.#state[word] as number) >>> shift) & mask })
  }
}
