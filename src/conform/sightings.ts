/** What was seen of slots, packed, so that it can be passed to threads. */
import type { RecordedSpec } from '../../specs/index.js'
import type { RecordedEvent } from '../recording/recording.js'

/** What events look like. */
export interface Kind {
  /** What the spec calls it. */
  readonly label: string
  /** A new swap_map: each slot that the device had sees it. */
  readonly isDevice: boolean
}

/** Numbers of one sighting, one behind the other. */
export const WIDTH = 6
/**
 * Where each number is: which event it is; how many were steps so far, itself included; the processor; the thread; index of a `Kind`; `slotKey`, or of a
 * device its type.
 */
export const [SEQ, HELD, CPU, PID, KIND, SLOT] = [0, 1, 2, 3, 4, 5]

/** More slots than a device can have. */
const SLOTS = 2 ** 40

export function slotKey(type: number, offset: number): number {
  return type * SLOTS + offset
}

export function typeOf(key: number): number {
  return Math.floor(key / SLOTS)
}

export function offsetOf(key: number): number {
  return key % SLOTS
}

const FIRST_ROWS = 4096
/** More than a byte, or what a function returned, can be. */
const [BYTES, RETURNS] = [2 ** 8, 2 ** 32]

/** Packs the events that are steps. */
export class Sightings {
  readonly #spec: RecordedSpec
  readonly kinds: Kind[] = []
  /** By event and function, and then by what else tells kinds apart: the index of the kind, or -1 of what is no step. */
  readonly #kindOf = new Map<string, Map<string, Map<number, number>>>()
  #rows = new Float64Array(FIRST_ROWS * WIDTH)
  #length = 0
  #events = 0
  #held = 0

  constructor(spec: RecordedSpec) {
    this.#spec = spec
  }

  /** All events so far, and those that are steps. */
  get events(): number {
    return this.#events
  }

  get held(): number {
    return this.#held
  }

  add(event: RecordedEvent): void {
    this.#events++
    const { type, offset } = event
    if (type === undefined) return
    const kind = this.#kind(event)
    if (kind < 0) return
    if (event.event === 'device') {
      if (event.fresh) this.#push(event, kind, type)
    } else if (offset !== undefined) this.#push(event, kind, slotKey(type, offset))
  }

  /** Those that were added since the last time, in rows of `WIDTH`. */
  take(): Float64Array<ArrayBuffer> {
    const taken = this.#rows.slice(0, this.#length)
    this.#length = 0
    return taken
  }

  #push({ seq, cpu, pid }: RecordedEvent, kind: number, slot: number): void {
    if (this.#length === this.#rows.length) {
      const wider = new Float64Array(2 * this.#length)
      wider.set(this.#rows)
      this.#rows = wider
    }
    const [rows, at] = [this.#rows, this.#length]
    rows[at + SEQ] = seq
    rows[at + HELD] = ++this.#held
    rows[at + CPU] = cpu
    rows[at + PID] = pid
    rows[at + KIND] = kind
    rows[at + SLOT] = slot
    this.#length += WIDTH
  }

  #kind(event: RecordedEvent): number {
    const { old = 0, new: stored = 0, ret = 0 } = event
    const code = old * BYTES + stored + ret * RETURNS
    const ofEvent = entry(this.#kindOf, event.event, () => new Map<string, Map<number, number>>())
    const ofFunction = entry(ofEvent, event.in, () => new Map<number, number>())
    return entry(ofFunction, code, () => this.#newKind(event))
  }

  #newKind(event: RecordedEvent): number {
    const label = this.#spec.labelOf(event)
    return label === undefined ? -1 : this.kinds.push({ label, isDevice: event.event === 'device' }) - 1
  }
}

function entry<K, V>(map: Map<K, V>, key: K, made: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const value = made()
  map.set(key, value)
  return value
}

/** Sightings cut by slot: what each of some threads is to follow, in order. Those of devices are everybody's. */
export function cutBySlot(rows: Float64Array, kinds: readonly Kind[], parts: number): Float64Array<ArrayBuffer>[] {
  const cut = Array.from({ length: parts }, () => new Part(rows.length))
  for (let at = 0; at < rows.length; at += WIDTH) {
    if (kinds[rows[at + KIND] as number]?.isDevice) for (const part of cut) part.copy(rows, at)
    else cut[partOf(rows[at + SLOT] as number, parts)]?.copy(rows, at)
  }
  return cut.map((part) => part.rows.slice(0, part.length))
}

class Part {
  readonly rows: Float64Array<ArrayBuffer>
  length = 0

  constructor(most: number) {
    this.rows = new Float64Array(most)
  }

  copy(from: Float64Array, at: number): void {
    for (let i = 0; i < WIDTH; i++) this.rows[this.length++] = from[at + i] as number
  }
}

/** Which part a slot is in: neighbours are in different ones, as what one thread swaps out together is. */
function partOf(slot: number, parts: number): number {
  return (typeOf(slot) + offsetOf(slot)) % parts
}
