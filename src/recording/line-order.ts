/** Whether the lines of a recording follow one another, and what is to be said where they do not. */
import { badArguments, type Refusal } from '../refusal.js'
import { badRecording } from './recording.js'

/** What is wrong with a line; plain, so that a thread can tell it. */
export interface LineFault {
  /** From 1. */
  readonly line: number
  readonly kind: 'wrong' | 'gap' | 'count' | 'behind'
  /** What is wrong, of one that is none of a recording. */
  readonly message?: string
  /** The event that is there, or the number that the end says there are; and the event that it follows. */
  readonly found?: number
  readonly after?: number
}

export function refusalOf(file: string, { line, kind, message, found, after }: LineFault): Refusal {
  switch (kind) {
    case 'wrong':
      return badArguments(`${file}, line ${line}: ${message}`)
    case 'gap':
      return badRecording(file, `has a gap at line ${line}: event ${found} follows event ${after}`)
    case 'count':
      return badRecording(file, `has a gap: it says that it has ${found} events, and ${after} are there`)
    case 'behind':
      return badRecording(file, `goes on behind its end, in line ${line}`)
  }
}

export class LineOrder {
  #seq: number | undefined
  #hasEnded = false

  /** @param seq of the event before; undefined of a part that anything may come before */
  constructor(seq?: number) {
    this.#seq = seq
  }

  /** Of the last event; undefined where there was none in this part. */
  get seq(): number | undefined {
    return this.#seq
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  event(line: number, seq: number): LineFault | undefined {
    if (this.#hasEnded) return { line, kind: 'behind' }
    if (this.#seq !== undefined && seq !== this.#seq + 1) return { line, kind: 'gap', found: seq, after: this.#seq }
    this.#seq = seq
    return undefined
  }

  /** @param events as many as the end says there are */
  end(line: number, events: number): LineFault | undefined {
    if (this.#hasEnded) return { line, kind: 'behind' }
    if (this.#seq !== undefined && events !== this.#seq) return { line, kind: 'count', found: events, after: this.#seq }
    this.#hasEnded = true
    return undefined
  }

  /** Events in between that are known to follow one another. */
  skipTo(seq: number): void {
    this.#seq = seq
  }
}
