/** Packs the events that are steps, cut by slot for those who follow them. */
import type { RecordedSpec } from '../../specs/index.js'
import { ABSENT, type EventScanner } from '../recording/event-scanner.js'
import { kinds as kindsOfEvents } from '../recording/jsonl.js'
import type { EventTaker } from '../recording/jsonl-part.js'
import type { RecordedEvent } from '../recording/recording.js'
import { Kinds } from './kinds.js'
import { type Packed, type Rows, slotKey, WIDTH } from './sightings.js'

const DEVICE = kindsOfEvents.indexOf('device')
const FIRST_ROWS = 4096

export class Packer implements EventTaker {
  readonly #kinds: Kinds
  readonly #cuts: readonly Cut[]
  #events = 0
  #held = 0

  /** @param followers how many follow slots, each those that are its own */
  constructor(spec: Pick<RecordedSpec, 'labelOf'>, followers: number) {
    this.#kinds = new Kinds((event) => spec.labelOf(event))
    this.#cuts = Array.from({ length: followers }, () => new Cut())
  }

  add(event: RecordedEvent): void {
    this.#events++
    const { seq, cpu, pid, type = ABSENT, offset = ABSENT } = event
    if (type === ABSENT) return
    const kind = this.#kinds.of(event)
    if (kind < 0) return
    if (event.event !== 'device') this.#addOfSlot(seq, cpu, pid, kind, type, offset)
    else if (event.fresh) this.#addOfDevice(seq, cpu, pid, kind, type)
  }

  addScanned(event: EventScanner): void {
    this.#events++
    const { seq, cpu, pid, type } = event
    if (type === ABSENT) return
    const kind = this.#kinds.ofScanned(event)
    if (kind < 0) return
    if (event.event !== DEVICE) this.#addOfSlot(seq, cpu, pid, kind, type, event.offset)
    else if (event.fresh === 1) this.#addOfDevice(seq, cpu, pid, kind, type)
  }

  /** What was added since the last time. */
  take(): Packed {
    const packed = { rows: this.#cuts.map((cut) => cut.take()), kinds: this.#kinds.fresh(), events: this.#events, held: this.#held }
    this.#events = 0
    this.#held = 0
    return packed
  }

  #addOfSlot(seq: number, cpu: number, pid: number, kind: number, type: number, offset: number): void {
    if (offset === ABSENT) return
    // Neighbours are in different cuts, as what one thread swaps out together is.
    const cut = this.#cuts[(type + offset) % this.#cuts.length] as Cut
    cut.push(seq, ++this.#held, cpu, pid, kind, slotKey(type, offset))
  }

  /** Those of devices are everybody's. */
  #addOfDevice(seq: number, cpu: number, pid: number, kind: number, type: number): void {
    this.#held++
    for (const cut of this.#cuts) cut.push(seq, this.#held, cpu, pid, kind, type)
  }
}

class Cut {
  #rows: Rows = new Float64Array(FIRST_ROWS * WIDTH)
  #length = 0

  /** In the order of a row. */
  push(seq: number, held: number, cpu: number, pid: number, kind: number, slot: number): void {
    if (this.#length === this.#rows.length) this.#grow()
    const [rows, at] = [this.#rows, this.#length]
    rows[at] = seq
    rows[at + 1] = held
    rows[at + 2] = cpu
    rows[at + 3] = pid
    rows[at + 4] = kind
    rows[at + 5] = slot
    this.#length = at + WIDTH
  }

  take(): Rows {
    const taken = this.#rows.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #grow(): void {
    const wider = new Float64Array(2 * this.#rows.length)
    wider.set(this.#rows)
    this.#rows = wider
  }
}
