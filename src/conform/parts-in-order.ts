/** Reads the parts of a recording one behind the other, in one thread. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Bytes } from '../recording/chunks.js'
import { FtraceReader } from '../recording/ftrace-reader.js'
import { LineDecoder } from '../recording/line-source.js'
import { noEvents, type RecordedEvent } from '../recording/recording.js'
import { Refusal } from '../refusal.js'
import { Account } from './account.js'
import { JsonlParts } from './jsonl-parts.js'
import { Packer } from './packer.js'
import type { Packed, Rows, Sighted } from './sightings.js'

export interface PartsInOrder {
  readonly events: number
  readonly held: number
  /** What is wrong with it, behind what was read. */
  readonly refusal: Refusal | undefined
  /** @returns undefined where nothing of it must be followed */
  read(bytes: Bytes): Sighted | undefined
  /** Nothing is left to read. */
  end(): void
}

export class JsonlPartsInOrder implements PartsInOrder {
  readonly #parts: JsonlParts
  readonly #account: Account

  constructor(file: string, spec: RecordedSpec) {
    this.#parts = new JsonlParts(spec, 1)
    this.#account = new Account(file)
  }

  get events(): number {
    return this.#account.events
  }

  get held(): number {
    return this.#account.held
  }

  get refusal(): Refusal | undefined {
    return this.#account.refusal
  }

  read(bytes: Bytes): Sighted | undefined {
    const packed = this.#parts.pack(bytes)
    const held = this.#account.see(packed)
    return held === undefined ? undefined : sighted(packed, held)
  }

  end(): void {
    this.#account.end()
  }
}

export class FtraceInOrder implements PartsInOrder {
  readonly #file: string
  readonly #lines = new LineDecoder()
  readonly #reader: FtraceReader
  readonly #packer: Packer
  events = 0
  held = 0
  refusal: Refusal | undefined

  constructor(file: string, spec: RecordedSpec) {
    this.#file = file
    this.#reader = new FtraceReader(file)
    this.#packer = new Packer(spec, 1)
  }

  read(bytes: Bytes): Sighted {
    const events: RecordedEvent[] = []
    this.#refusedBy(() => {
      for (const line of this.#lines.of(bytes)) this.#reader.line(line, events)
    })
    for (const event of events) this.#packer.add(event)
    const packed = this.#packer.take()
    const before = this.held
    this.events += packed.events
    this.held += packed.held
    return sighted(packed, before)
  }

  end(): void {
    this.#refusedBy(() => this.#reader.end())
    if (this.events === 0) this.refusal ??= noEvents(this.#file)
  }

  #refusedBy(read: () => void): void {
    try {
      read()
    } catch (fault) {
      if (!(fault instanceof Refusal)) throw fault
      this.refusal = fault
    }
  }
}

/** What the one who follows all slots is told. */
function sighted({ kinds, rows }: Packed, held: number): Sighted {
  return { source: 0, kinds, rows: rows[0] as Rows, held }
}
