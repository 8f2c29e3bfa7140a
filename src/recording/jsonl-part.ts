/** Reads a part of a recording of JSON lines, wherever in the recording it is. */
import type { Bytes } from './chunks.js'
import type { EventScanner } from './event-scanner.js'
import { eventOrEnd, LineError } from './jsonl.js'
import { type LineFault, LineOrder } from './line-order.js'
import type { RecordedEvent } from './recording.js'

/** How a part fits to others; lines are counted from 1. */
export interface PartSummary {
  readonly lines: number
  readonly first: { readonly line: number; readonly seq: number } | undefined
  /** The last event. */
  readonly last: number | undefined
  /** How many events the end says there are. */
  readonly end: { readonly line: number; readonly events: number } | undefined
  /** What was wrong with a line; nothing was read behind it. */
  readonly fault: LineFault | undefined
}

/** Is told of events in order: of those that were scanned, which the scanner holds, and of others. */
export interface EventTaker {
  addScanned(event: EventScanner): void
  add(event: RecordedEvent): void
}

/**
 * @param bytes whole lines
 * @param scanner the same for all that a taker is given
 */
export function readPart(bytes: Bytes, scanner: EventScanner, taker: EventTaker): PartSummary {
  const part = new Part(taker)
  for (let at = 0; at < bytes.length && part.fault === undefined; ) {
    const next = scanner.scan(bytes, at)
    if (next >= 0) {
      if (part.isNext(scanner.seq)) taker.addScanned(scanner)
      at = next
    } else {
      const end = endOfLine(bytes, at)
      part.line(bytes.subarray(at, end))
      at = end + 1
    }
  }
  return part.summary()
}

const NEWLINE = 10

function endOfLine(bytes: Bytes, at: number): number {
  const end = bytes.indexOf(NEWLINE, at)
  return end < 0 ? bytes.length : end
}

class Part {
  readonly #order = new LineOrder()
  readonly #taker: EventTaker
  #lines = 0
  #first: PartSummary['first']
  #end: PartSummary['end']
  fault: LineFault | undefined

  constructor(taker: EventTaker) {
    this.#taker = taker
  }

  /** A line with an event: does it follow the one before? */
  isNext(seq: number): boolean {
    this.#lines++
    this.fault = this.#order.event(this.#lines, seq)
    if (this.fault !== undefined) return false
    this.#first ??= { line: this.#lines, seq }
    return true
  }

  /** A line of another kind, or an event in another form. */
  line(bytes: Uint8Array): void {
    const read = bytes.length === 0 ? undefined : parsed(new TextDecoder().decode(bytes))
    if (typeof read === 'object' && !(read instanceof LineError)) {
      if (this.isNext(read.seq)) this.#taker.add(read)
      return
    }
    this.#lines++
    if (read instanceof LineError) this.fault = { line: this.#lines, kind: 'wrong', message: read.message }
    if (typeof read !== 'number') return
    this.fault = this.#order.end(this.#lines, read)
    this.#end ??= { line: this.#lines, events: read }
  }

  summary(): PartSummary {
    return { lines: this.#lines, first: this.#first, last: this.#order.seq, end: this.#end, fault: this.fault }
  }
}

function parsed(line: string): RecordedEvent | number | LineError {
  try {
    return eventOrEnd(line)
  } catch (error) {
    if (error instanceof LineError) return error
    throw error
  }
}
