/** Goes through the states of a scenario step by step, wherever somebody chooses to go. */
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { StateDecoder } from './decode-state.js'
import type { TraceState, TraceStep } from './trace.js'
import { traceStep } from './trace-step.js'

/** Where a walk is. */
export interface Position {
  readonly words: Int32Array
  readonly state: TraceState
}

/** A step that is enabled, and where it leads. */
export interface WayOn {
  readonly step: TraceStep
  readonly to: Position
  /** Of a step that throws: what it says. There is no way on from there. */
  readonly failure?: string
}

export class Walker {
  readonly #system: System
  readonly #decoder: StateDecoder

  /** @throws SpecFault where the spec or the scenario makes no sense */
  constructor(scenario: Scenario) {
    this.#system = new System(scenario)
    this.#decoder = new StateDecoder(this.#system)
  }

  /** The names of the processes, in order. */
  get processes(): readonly string[] {
    return this.#system.configuration.processes.map(({ name }) => name)
  }

  /** The initial states, duplicates included, in the order in which `init` chooses. */
  starts(): Position[] {
    const found: Position[] = []
    this.#system.initial(() => found.push(this.#position()))
    return found
  }

  /** What is enabled, in the order in which the engine takes it: a step keeps its place as long as the spec does. */
  from({ words }: Position): WayOn[] {
    const system = this.#system
    const found: WayOn[] = []
    const add = (step: number, actor: number, failure?: string): void => {
      const taken = traceStep(system, { step, actor, picks: system.choices.picks }, failure !== undefined)
      found.push({ step: taken, to: this.#position(), ...(failure !== undefined && { failure }) })
    }
    system.current.set(words)
    system.expand({
      successor: (step, actor) => add(step, actor),
      failure: (error, step, actor) => add(step, actor, error instanceof Error ? error.message : String(error)),
    })
    return found
  }

  #position(): Position {
    return { words: this.#system.w.slice(), state: this.#decoder.decode() }
  }
}
