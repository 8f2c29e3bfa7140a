/** Reads a recording of JSON lines. */
import { badArguments } from '../refusal.js'
import { eventOrEnd, headerOf, LineError } from './jsonl.js'
import { badRecording, type Provenance, type RecordedEvent } from './recording.js'

export class JsonlReader {
  readonly #file: string
  #provenance: Provenance | undefined
  #lines = 0
  #seq = 0
  #hasEnded = false

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
    try {
      if (this.#provenance === undefined) {
        this.#provenance = headerOf(text)
        return
      }
      const read = eventOrEnd(text)
      if (typeof read === 'number') this.#check(read)
      else to.push(this.#next(read))
    } catch (error) {
      if (error instanceof LineError) throw badArguments(`${this.#file}, line ${this.#lines}: ${error.message}`)
      throw error
    }
  }

  /** @throws Refusal where the last line is missing */
  end(): void {
    if (!this.#hasEnded)
      throw badRecording(this.#file, `has a gap: it stops behind event ${this.#seq}, without the line that ends a recording`)
  }

  #next(event: RecordedEvent): RecordedEvent {
    if (this.#hasEnded) throw badRecording(this.#file, `goes on behind its end, in line ${this.#lines}`)
    if (event.seq !== this.#seq + 1) {
      throw badRecording(this.#file, `has a gap at line ${this.#lines}: event ${event.seq} follows event ${this.#seq}`)
    }
    this.#seq++
    return event
  }

  #check(events: number): void {
    if (events !== this.#seq) throw badRecording(this.#file, `has a gap: it says that it has ${events} events, and ${this.#seq} are there`)
    this.#hasEnded = true
  }
}
