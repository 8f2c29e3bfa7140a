/**
 * What the steps of a system have been seen to read and write, in bits, and where they lead: for each process and program counter, and for
 * the actions together. Complete for the states that were looked at, not for those that may come: `version` tells when something was added.
 */
import type { Outcome } from '../learn/leaves.js'
import type { Read } from '../learn/recording.js'
import type { RunningProcess } from '../machine/running-process.js'
import type { System } from '../machine/system.js'

/** Bits by word of the state. */
export interface Footprint {
  readonly reads: Int32Array
  readonly writes: Int32Array
}

export class Footprints {
  /** Changes whenever a bit or an edge is added. */
  version = 0
  readonly #words: number
  readonly #actions: number
  readonly #processes: readonly RunningProcess[]
  readonly #ofActions: Footprint
  /** By process and program counter. */
  readonly #ofSteps: readonly Footprint[][]
  /** By process and program counter: the program counters that a step has led to. */
  readonly #next: readonly Set<number>[][]

  constructor({ words, actions, processes }: System) {
    this.#words = words
    this.#actions = actions.length
    this.#processes = processes
    this.#ofActions = this.#empty()
    this.#ofSteps = processes.map((p) => p.steps.map(() => this.#empty()))
    this.#next = processes.map((p) => p.steps.map(() => new Set<number>()))
  }

  /** Of all actions. */
  get ofActions(): Footprint {
    return this.#ofActions
  }

  /** Of a process's step at a program counter. */
  of(process: number, pc: number): Footprint {
    return this.#ofSteps[process]?.[pc] ?? this.#empty()
  }

  /** Where a process's step at a program counter has led to. */
  next(process: number, pc: number): ReadonlySet<number> {
    return this.#next[process]?.[pc] ?? new Set()
  }

  /** The program counters that a process may yet come to, the one at hand included. */
  future(process: number, pc: number): ReadonlySet<number> {
    const found = new Set([pc])
    for (const at of found) for (const next of this.next(process, at)) found.add(next)
    return found
  }

  /** Notes one run of a unit in the state `current`. */
  note(unit: number, current: Int32Array, reads: readonly Read[], outcomes: readonly Outcome[]): void {
    const process = unit - this.#actions
    const running = this.#processes[process]
    const pc = running === undefined ? 0 : pcIn(running, current)
    const footprint = running === undefined ? this.#ofActions : this.of(process, pc)
    for (const { word, shift, mask } of reads) this.#add(footprint.reads, word, mask << shift)
    for (const { writes } of outcomes) {
      for (const { word, keep } of writes) this.#add(footprint.writes, word, ~keep)
      if (running !== undefined) this.#lead(process, pc, pcAfter(running, pc, writes))
    }
  }

  /** Says that steps are run that nobody looks at: they may touch anything. */
  touchAll(): void {
    for (let word = 0; word < this.#words; word++) this.#add(this.#ofActions.writes, word, -1)
  }

  #add(bits: Int32Array, word: number, more: number): void {
    const before = bits[word] as number
    bits[word] = before | more
    if (bits[word] !== before) this.version++
  }

  #lead(process: number, pc: number, to: number): void {
    const next = this.#next[process]?.[pc]
    if (next === undefined || next.has(to)) return
    next.add(to)
    this.version++
  }

  #empty(): Footprint {
    return { reads: new Int32Array(this.#words), writes: new Int32Array(this.#words) }
  }
}

/** The program counter of a process in a state. */
export function pcIn({ pcBits: { word, shift, mask } }: RunningProcess, state: Int32Array): number {
  return ((state[word] as number) >>> shift) & mask
}

function pcAfter({ pcBits }: RunningProcess, pc: number, writes: Outcome['writes']): number {
  const write = writes.find((w) => w.word === pcBits.word)
  if (write === undefined) return pc
  const after = ((pc << pcBits.shift) & write.keep) | write.bits
  return (after >>> pcBits.shift) & pcBits.mask
}
