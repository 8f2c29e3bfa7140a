/** Reads a recording of JSON lines. */

import type { Refusal } from '../refusal.js'
import { eventOrEnd, headerOf, LineError } from './jsonl.js'
import { LineOrder, refusalOf } from './line-order.js'
import { badRecording, type Provenance, type RecordedEvent } from './recording.js'

export class JsonlReader {
  readonly #file: string
  readonly #order = new LineOrder(0)
  #provenance: Provenance | undefined
  #lines = 0

  constructor(file: string) {
    this.#file = file
  }

  get provenance(): Provenance | undefined {
    return this.#provenance
  }

  /**
   * Adds the event of the next line.
   *
   * @throws Refusal where the line is not as it must be, or an event is missing
   */
  line(text: string, to: RecordedEvent[]): void {
    this.#lines++
    if (text === '') return
    const read = this.#parsed(text)
    if (read === undefined) return
    const isEnd = typeof read === 'number'
    const fault = isEnd ? this.#order.end(this.#lines, read) : this.#order.event(this.#lines, read.seq)
    if (fault !== undefined) throw refusalOf(this.#file, fault)
    if (!isEnd) to.push(read)
  }

  /** @throws Refusal where the last line is missing */
  end(): void {
    if (!this.#order.hasEnded) throw unended(this.#file, this.#order)
  }

  /** Undefined of the header. */
  #parsed(text: string): RecordedEvent | number | undefined {
    try {
      if (this.#provenance !== undefined) return eventOrEnd(text)
      this.#provenance = headerOf(text)
      return undefined
    } catch (error) {
      if (!(error instanceof LineError)) throw error
      throw refusalOf(this.#file, { line: this.#lines, kind: 'wrong', message: error.message })
    }
  }
}

/** Of a recording without its last line. */
export function unended(file: string, { seq }: LineOrder): Refusal {
  return badRecording(file, `has a gap: it stops behind event ${seq}, without the line that ends a recording`)
}
