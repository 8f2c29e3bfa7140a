/** Goes through the states of a scenario step by step, wherever somebody chooses to go. */
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { StateDecoder } from './decode-state.js'
import { diffStates } from './diff.js'
import type { Trace, TraceState, TraceStep } from './trace.js'
import { isSameStep, stepTaken } from './trace-step.js'

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
      const taken = stepTaken(system, step, actor, failure !== undefined)
      found.push({ step: taken, to: this.#position(), ...(failure !== undefined && { failure }) })
    }
    system.current.set(words)
    system.expand({
      successor: (step, actor) => add(step, actor),
      failure: (error, step, actor) => add(step, actor, error instanceof Error ? error.message : String(error)),
    })
    return found
  }

  /**
   * The states of a trace, each with its place among the initial ones, or among what was enabled before it.
   *
   * @throws RangeError where the trace is none of the scenario
   */
  along({ states, steps }: Trace): { readonly place: number; readonly at: Position }[] {
    const first = states[0]
    const starts = this.starts()
    let last = nth(starts, first === undefined ? -1 : starts.findIndex(({ state }) => diffStates(state, first).length === 0))
    const way = [last]
    for (const step of steps) {
      const enabled = this.from(last.at)
      const to = enabled.map((on) => on.to)
      last = nth(
        to,
        enabled.findIndex((on) => isSameStep(on.step, step)),
      )
      way.push(last)
    }
    return way
  }

  #position(): Position {
    return { words: this.#system.w.slice(), state: this.#decoder.decode() }
  }
}

function nth(positions: readonly Position[], place: number): { readonly place: number; readonly at: Position } {
  const at = positions[place]
  if (at === undefined) throw new RangeError('the trace is not one of the scenario')
  return { place, at }
}
