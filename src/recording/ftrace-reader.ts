/** Reads a recording as ftrace prints it (`cat trace`), made with the recorder's probes. */
import { FtraceEvents } from './ftrace-event.js'
import { bufferedEntries, ftraceLine, lostEvents } from './ftrace-line.js'
import { badRecording, type RecordedEvent } from './recording.js'

export class FtraceReader {
  readonly #file: string
  readonly #events = new FtraceEvents()
  #expected: number | undefined
  #lines = 0
  #entries = 0
  #seq = 0

  constructor(file: string) {
    this.#file = file
  }

  /**
   * Adds the events of the next line, none or several.
   *
   * @throws Refusal where events were lost, or the line is none of ftrace's
   */
  line(text: string, to: RecordedEvent[]): void {
    this.#lines++
    const lost = lostEvents(text)
    if (lost !== undefined)
      throw badRecording(this.#file, `has a gap at line ${this.#lines}: ftrace lost ${lost} events; a larger buffer_size_kb keeps them`)
    if (text.startsWith('#') || text.trim() === '') {
      this.#comment(text)
      return
    }
    const line = ftraceLine(text)
    if (line === undefined) {
      throw badRecording(this.#file, `is no recording: line ${this.#lines} is neither an event of ftrace nor JSON: ${text.slice(0, 80)}`)
    }
    this.#entries++
    for (const event of this.#events.of(line) ?? []) to.push({ seq: ++this.#seq, ...event })
  }

  /** @throws Refusal where fewer lines came than ftrace had, or none of them is of the recorder's probes */
  end(): void {
    if (this.#entries > 0 && this.#seq === 0) {
      throw badRecording(
        this.#file,
        `has ${this.#entries} events of ftrace, and none of them is of a probe of the recorder's: they map to nothing`,
      )
    }
    const expected = this.#expected
    if (expected === undefined || expected === this.#entries) return
    throw badRecording(
      this.#file,
      `has a gap: ftrace had ${expected} entries, and ${this.#entries} are there; it was cut off, or lines were taken out`,
    )
  }

  #comment(text: string): void {
    const counts = bufferedEntries(text)
    if (counts === undefined) return
    const { buffered, written } = counts
    if (buffered !== written) {
      throw badRecording(this.#file, `has a gap: of ${written} entries ftrace had kept ${buffered}; a larger buffer_size_kb keeps them`)
    }
    this.#expected = buffered
  }
}
