/**
 * What the steps of a system have been seen to read and write, in bits, and where they lead: for each process and program counter, and for
 * the actions together. Complete for the states that were looked at, not for those that may come: `version` tells when something was added.
 */
import type { Outcome } from '../learn/leaves.js'
import type { Read } from '../learn/recording.js'
import type { RunningProcess } from '../machine/running-process.js'
import type { System } from '../machine/system.js'
import { Places, pcIn } from './places.js'

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
  /** By process. */
  readonly places: readonly Places[]
  /** The state that a step led to. */
  readonly #after: Int32Array

  constructor({ words, actions, processes }: System) {
    this.#words = words
    this.#actions = actions.length
    this.#processes = processes
    this.#ofActions = this.#empty()
    this.#ofSteps = processes.map((p) => p.steps.map(() => this.#empty()))
    this.places = processes.map((p) => new Places(p))
    this.#after = new Int32Array(words)
  }

  /** Of all actions. */
  get ofActions(): Footprint {
    return this.#ofActions
  }

  /** Of a process's step at a program counter. */
  of(process: number, pc: number): Footprint {
    return this.#ofSteps[process]?.[pc] ?? this.#empty()
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
      if (running !== undefined) this.#lead(process, current, writes)
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

  #lead(process: number, current: Int32Array, writes: Outcome['writes']): void {
    this.#after.set(current.subarray(0, this.#words))
    for (const { word, keep, bits } of writes) this.#after[word] = ((this.#after[word] as number) & keep) | bits
    if (this.places[process]?.lead(current, this.#after)) this.version++
  }

  #empty(): Footprint {
    return { reads: new Int32Array(this.#words), writes: new Int32Array(this.#words) }
  }
}
