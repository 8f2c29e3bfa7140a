/** Follows slots, each by itself: what was seen of one tells nothing of another. */
import { Automaton, Follower } from '../../checker/index.js'
import type { RecordedSpec } from '../../specs/index.js'
import { CPU, HELD, KIND, type Kind, offsetOf, PID, type Rows, SEQ, type Sighted, SLOT, typeOf, WIDTH } from './sightings.js'
import type { PartialTally, Times } from './tally.js'

/** The first sighting that no run of the spec explains. */
export interface Stop {
  readonly seq: number
  /** How many were steps up to it. */
  readonly held: number
  readonly type: number
  readonly offset: number
  /** When the slot was seen first; a new swap_map is seen by many slots at once. */
  readonly first: number
  readonly label: string
  /** What the spec would have allowed, and the one thread that could have done it, where it must be one. */
  readonly allowed: readonly { readonly label: string; readonly pid: number | undefined }[]
}

/** Which of two stops a recording comes to first. */
export function earlier(a: Stop | undefined, b: Stop | undefined): Stop | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return b.seq < a.seq || (b.seq === a.seq && b.first < a.first) ? b : a
}

interface Slot {
  readonly key: number
  /** The event that it was seen first in. */
  readonly first: number
  readonly follower: Follower
  cpu: number
  label: number
}

/** Rows that were packed in one place, and how its kinds are called here. */
interface Source {
  readonly kinds: Kind[]
  /** By kind, the number of its label for the automaton. */
  readonly ids: number[]
  /** How many steps there were before the rows at hand. */
  held: number
}

const NO_CPU = -1
/** More than there are labels, and threads of the automaton. */
const [LABELS, THREADS] = [2 ** 16, 2 ** 5]

export class SlotRuns {
  readonly #automaton: Automaton
  readonly #slots = new Map<number, Slot>()
  readonly #sources = new Map<number, Source>()
  /** By set of states, the event that led there first. */
  readonly #setSince: number[] = []
  /** How often something was seen: by set, label and thread. */
  readonly #taken = new Map<number, number>()
  /** How often one label followed another, of another processor on the same slot. */
  readonly #pairs = new Map<number, number>()
  #stop: Stop | undefined

  constructor(spec: RecordedSpec) {
    this.#automaton = new Automaton(spec.observer)
    this.#setSince.push(0)
  }

  /** Where no run of the spec goes on; nothing is followed after that. */
  get stop(): Stop | undefined {
    return this.#stop
  }

  /** Goes on with what was seen next, in the order of the events. */
  see({ source: number, kinds, rows, held }: Sighted): void {
    const source = this.#source(number, kinds)
    source.held = held
    for (let at = 0; at < rows.length && this.#stop === undefined; at += WIDTH) {
      const key = rows[at + SLOT] as number
      if (source.kinds[rows[at + KIND] as number]?.isDevice) this.#deviceSeen(key, source, rows, at)
      else this.#seen(this.#slot(key, rows[at + SEQ] as number), source, rows, at)
      while (this.#setSince.length < this.#automaton.sets) this.#setSince.push(rows[at + SEQ] as number)
    }
  }

  /** What was seen up to an event. Counts of labels, steps and pairs are those of all that was followed. */
  tally(last: number): PartialTally {
    const slots = [...this.#slots.values()].filter(({ first }) => first <= last).length
    const sets = this.#setSince.flatMap((since, set) => (since <= last ? [this.#automaton.keyOf(set)] : []))
    return { slots, sets, labels: this.#labels(), steps: this.#steps(), pairs: this.#pairCounts() }
  }

  #source(number: number, fresh: readonly Kind[]): Source {
    const source = this.#sources.get(number) ?? { kinds: [], ids: [], held: 0 }
    this.#sources.set(number, source)
    source.kinds.push(...fresh)
    source.ids.push(...fresh.map(({ label }) => this.#automaton.labelId(label)))
    return source
  }

  /** A new swap_map is seen by each slot that the device had. */
  #deviceSeen(type: number, source: Source, rows: Rows, at: number): void {
    for (const slot of this.#slots.values()) if (typeOf(slot.key) === type) this.#seen(slot, source, rows, at)
  }

  #slot(key: number, seq: number): Slot {
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const slot = { key, first: seq, follower: new Follower(this.#automaton), cpu: NO_CPU, label: 0 }
    this.#slots.set(key, slot)
    return slot
  }

  #seen(slot: Slot, source: Source, rows: Rows, at: number): void {
    const { follower } = slot
    const [cpu, pid, kind] = [rows[at + CPU] as number, rows[at + PID] as number, rows[at + KIND] as number]
    const id = source.ids[kind] as number
    const isDevice = source.kinds[kind]?.isDevice === true
    const { set } = follower
    const thread = follower.threadOf(pid)
    if (!follower.see(id, pid)) {
      this.#stop = earlier(this.#stop, this.#stopOf(slot, source, rows, at))
      return
    }
    count(this.#taken, (set * LABELS + id) * THREADS + thread)
    if (slot.cpu !== cpu && slot.cpu !== NO_CPU && !isDevice) count(this.#pairs, slot.label * LABELS + id)
    slot.cpu = isDevice ? NO_CPU : cpu
    slot.label = id
  }

  #stopOf({ key, first, follower }: Slot, { kinds, held }: Source, rows: Rows, at: number): Stop {
    const allowed = follower.allowed().map(({ label, actor }) => ({ label, pid: actor }))
    const label = kinds[rows[at + KIND] as number]?.label ?? ''
    return {
      seq: rows[at + SEQ] as number,
      held: held + (rows[at + HELD] as number),
      type: typeOf(key),
      offset: offsetOf(key),
      first,
      label,
      allowed,
    }
  }

  #labels(): Map<string, number> {
    const labels = new Map<string, number>()
    for (const [taken, times] of this.#taken) count(labels, this.#automaton.labelOf(Math.floor(taken / THREADS) % LABELS), times)
    return labels
  }

  #steps(): Map<string, Times> {
    const steps = new Map<string, Times>()
    for (const [taken, times] of this.#taken) {
      const [symbol, thread] = [Math.floor(taken / THREADS), taken % THREADS]
      const explaining = this.#automaton.stepsOf(Math.floor(symbol / LABELS), symbol % LABELS, thread)
      for (const step of explaining) {
        const { surely, maybe } = steps.get(step) ?? { surely: 0, maybe: 0 }
        steps.set(step, explaining.length === 1 ? { surely: surely + times, maybe } : { surely, maybe: maybe + times })
      }
    }
    return steps
  }

  /** By what events are called without the bytes that they change. */
  #pairCounts(): Map<string, number> {
    const pairs = new Map<string, number>()
    for (const [pair, times] of this.#pairs) {
      const [before, after] = [Math.floor(pair / LABELS), pair % LABELS].map((id) => nameOf(this.#automaton.labelOf(id)))
      count(pairs, `${before} -> ${after}`, times)
    }
    return pairs
  }
}

function count<K>(counts: Map<K, number>, key: K, times = 1): void {
  counts.set(key, (counts.get(key) ?? 0) + times)
}

/** `__swap_duplicate 64>65` is `__swap_duplicate`. */
export function nameOf(label: string): string {
  return label.split(' ', 1)[0] ?? label
}
