/** Holds the events of a recording against a spec, slot by slot: slots are independent, as each is followed by itself. */
import { Automaton, Follower } from '../../checker/index.js'
import type { RecordedSpec } from '../../specs/index.js'
import type { RecordedEvent } from '../recording/recording.js'

/** An event as a slot saw it. */
export interface Seen {
  readonly event: RecordedEvent
  /** What the spec calls it. */
  readonly label: string
}

/** The first event that no run of the spec explains. */
export interface Unexplained extends Seen {
  readonly type: number
  readonly offset: number
  /** What the slot saw before, oldest first; not more than `HISTORY`. */
  readonly history: readonly Seen[]
  /** What the spec would have allowed, and the one thread that could have done it, where it must be one. */
  readonly allowed: readonly { readonly label: string; readonly pid: number | undefined }[]
}

/** What was recorded, and what it shows of the spec. */
export interface Tally {
  /** All events, and those that are steps. */
  readonly events: number
  readonly held: number
  readonly slots: number
  /** How many sets of states the automaton needed. */
  readonly sets: number
  /** How often each label was seen: an event with the byte of swap_map before and after it. */
  readonly labels: ReadonlyMap<string, number>
  /** How often each step was seen, by its name. */
  readonly steps: ReadonlyMap<string, Times>
  /** How often an event followed one of another processor on the same slot, by `before -> after`. */
  readonly pairs: ReadonlyMap<string, number>
}

/** How often a step was seen: where it is the only one that explains the event, and where it is one of several. */
export interface Times {
  readonly surely: number
  readonly maybe: number
}

/** So much of a slot's history is kept. */
export const HISTORY = 24

interface Slot {
  readonly type: number
  readonly offset: number
  readonly follower: Follower
  /** A ring. */
  readonly history: Seen[]
  seen: number
  cpu: number
  label: string
}

/** More slots than a device can have. */
const SLOTS = 2 ** 40

export class SlotRuns {
  readonly #spec: RecordedSpec
  readonly #automaton: Automaton
  readonly #slots = new Map<number, Slot>()
  /** Numbers of labels for the automaton. */
  readonly #ids = new Map<string, number>()
  /** How often something was seen: by set, label and thread. */
  readonly #taken = new Map<number, number>()
  readonly #pairs = new Map<string, Map<string, number>>()
  #events = 0
  #held = 0

  constructor(spec: RecordedSpec) {
    this.#spec = spec
    this.#automaton = new Automaton(spec.observer)
  }

  get events(): number {
    return this.#events
  }

  /** @returns the event, where no run explains it; nothing is held against the spec after that */
  see(event: RecordedEvent): Unexplained | undefined {
    this.#events++
    const label = this.#spec.labelOf(event)
    if (label === undefined || event.type === undefined) return undefined
    if (event.event === 'device') return event.fresh ? this.#deviceSeen(event, label) : undefined
    if (event.offset === undefined) return undefined
    this.#held++
    return this.#seen(this.#slot(event.type, event.offset), event, label)
  }

  tally(): Tally {
    const figures = { events: this.#events, held: this.#held, slots: this.#slots.size, sets: this.#automaton.sets }
    return { ...figures, labels: this.#labels(), steps: this.#steps(), pairs: this.#pairCounts() }
  }

  /** A new swap_map is seen by each slot that the device had. */
  #deviceSeen(event: RecordedEvent, label: string): Unexplained | undefined {
    this.#held++
    for (const slot of this.#slots.values()) {
      const unexplained = slot.type === event.type ? this.#seen(slot, event, label) : undefined
      if (unexplained !== undefined) return unexplained
    }
    return undefined
  }

  #slot(type: number, offset: number): Slot {
    const key = type * SLOTS + offset
    const known = this.#slots.get(key)
    if (known !== undefined) return known
    const slot = { type, offset, follower: new Follower(this.#automaton), history: [], seen: 0, cpu: NO_CPU, label: '' }
    this.#slots.set(key, slot)
    return slot
  }

  #seen(slot: Slot, event: RecordedEvent, label: string): Unexplained | undefined {
    const { follower } = slot
    const id = this.#labelId(label)
    const { set } = follower
    const thread = follower.threadOf(event.pid)
    if (!follower.see(id, event.pid)) return this.#unexplained(slot, { event, label })
    const taken = (set * LABELS + id) * THREADS + thread
    this.#taken.set(taken, (this.#taken.get(taken) ?? 0) + 1)
    if (slot.cpu !== event.cpu && slot.cpu !== NO_CPU && event.event !== 'device') this.#pair(slot.label, label)
    slot.cpu = event.event === 'device' ? NO_CPU : event.cpu
    slot.label = label
    slot.history[slot.seen++ % HISTORY] = { event, label }
    return undefined
  }

  #labelId(label: string): number {
    const known = this.#ids.get(label)
    if (known !== undefined) return known
    const id = this.#automaton.labelId(label)
    this.#ids.set(label, id)
    return id
  }

  #pair(before: string, after: string): void {
    const counts = this.#pairs.get(before) ?? new Map<string, number>()
    this.#pairs.set(before, counts)
    counts.set(after, (counts.get(after) ?? 0) + 1)
  }

  #unexplained({ type, offset, follower, history, seen }: Slot, { event, label }: Seen): Unexplained {
    const oldest = Math.max(0, seen - HISTORY)
    const inOrder = Array.from({ length: seen - oldest }, (_, i) => history[(oldest + i) % HISTORY]).filter((h) => h !== undefined)
    const allowed = follower.allowed().map(({ label, actor }) => ({ label, pid: actor }))
    return { event, label, type, offset, history: inOrder, allowed }
  }

  #labels(): Map<string, number> {
    const labels = new Map<string, number>()
    for (const [taken, times] of this.#taken) {
      const label = this.#automaton.labelOf(Math.floor(taken / THREADS) % LABELS)
      labels.set(label, (labels.get(label) ?? 0) + times)
    }
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
    for (const [before, counts] of this.#pairs) {
      for (const [after, times] of counts) {
        const name = `${nameOf(before)} -> ${nameOf(after)}`
        pairs.set(name, (pairs.get(name) ?? 0) + times)
      }
    }
    return pairs
  }
}

const NO_CPU = -1
/** More than there are labels, and threads of the automaton. */
const [LABELS, THREADS] = [2 ** 16, 2 ** 5]

/** `__swap_duplicate 64>65` is `__swap_duplicate`. */
export function nameOf(label: string): string {
  return label.split(' ', 1)[0] ?? label
}
