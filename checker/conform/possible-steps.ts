/** Everything that can happen in a state, as an observer sees it. */
import type { Process } from '../machine/process.js'
import { System } from '../machine/system.js'
import type { Observer } from './observer.js'

/** A state, and behind it, for each process, the number of the thread that it stands for; 0 for none. */
export type Row = Int32Array

/** A step from a row. */
export interface PossibleStep {
  /** Undefined: it is hidden. */
  readonly label: string | undefined
  /** `do_swap_page.lookup`, or the action's name. */
  readonly step: string
  /** Index of the process; -1 for an action. */
  readonly process: number
  /** Where it leads; a process that it brings to rest stands for nobody. */
  readonly to: Row
}

export class PossibleSteps {
  readonly #system: System
  readonly #observer: Observer
  /** By process, the pc of the first step of its procedure. */
  readonly #restingPc: readonly number[]

  /** @throws SpecFault where the scenario makes no sense */
  constructor(observer: Observer) {
    this.#observer = observer
    this.#system = new System(observer.scenario)
    let resting: number[] = []
    this.#system.initial(() => {
      resting = this.#system.processes.map(({ pc }) => pc)
    })
    this.#restingPc = resting
  }

  /** How many processes the scenario has. */
  get processes(): number {
    return this.#system.processes.length
  }

  process(index: number): Process | undefined {
    return this.#observer.scenario.run?.[index]
  }

  initial(): Row[] {
    const rows: Row[] = []
    this.#system.initial(() => rows.push(this.#row(new Int32Array(this.processes))))
    return rows
  }

  /** The thread that a process of a row stands for; 0 for none. */
  boundTo(row: Row, process: number): number {
    return row[this.#system.words + process] as number
  }

  /** A row in which a process stands for a thread. */
  bind(row: Row, process: number, thread: number): Row {
    const bound = row.slice()
    if (!this.#rests(row, process)) bound[this.#system.words + process] = thread
    return bound
  }

  /** Steps that fail, or throw, are none. */
  from(row: Row): PossibleStep[] {
    const system = this.#system
    const { scenario } = this.#observer
    const found: PossibleStep[] = []
    const bound = row.subarray(system.words)
    system.current.set(row.subarray(0, system.words))
    system.activate()
    system.restore()
    const before = this.#observer.shows(system.s)
    system.expand({
      successor: (step, actor) => {
        const name = system.steps[step]?.step ?? ''
        const label = this.#observer.label(name, before, this.#observer.shows(system.s))
        const process = step < scenario.spec.actions.length ? -1 : actor
        found.push({ label, step: name, process, to: this.#row(bound) })
      },
      failure() {},
    })
    return found
  }

  #row(bound: Int32Array): Row {
    const { w, words, processes } = this.#system
    const row = new Int32Array(words + processes.length)
    row.set(w)
    for (let i = 0; i < processes.length; i++) row[words + i] = this.#isAtRest(i) ? 0 : (bound[i] as number)
    return row
  }

  #isAtRest(process: number): boolean {
    const pc = this.#system.processes[process]?.pc
    return pc === 0 || pc === this.#restingPc[process]
  }

  /** The same of a row that the system does not show. */
  #rests(row: Row, process: number): boolean {
    this.#system.current.set(row.subarray(0, this.#system.words))
    this.#system.restore()
    return this.#isAtRest(process)
  }
}
