/** A path through a scenario: which initial state, then which of the enabled steps, each by its place (`0.3.1`). */
import { type Position, type Scenario, type Trace, Walker, type WayOn } from '../../checker/index.js'
import { badArguments } from '../refusal.js'

export type StepPath = readonly number[]

export function formatPathOfSteps(path: StepPath): string {
  return path.join('.')
}

/** @throws Refusal for what is no path */
export function parsePathOfSteps(text: string): StepPath {
  if (!/^\d{1,6}(\.\d{1,6}){0,9999}$/.test(text)) {
    throw badArguments(`'${text}' is no path; expected the places of an initial state and of enabled steps, such as 0.3.1`)
  }
  return text.split('.').map(Number)
}

/** What a path leads to. */
export interface Visit {
  readonly trace: Trace
  readonly enabled: readonly WayOn[]
  /** What the last step said as it failed. */
  readonly failure?: string
}

export class Paths {
  readonly #walker: Walker

  constructor(scenario: Scenario) {
    this.#walker = new Walker(scenario)
  }

  /** @throws Refusal where the path leads nowhere, with the place at which it does */
  visit([start = 0, ...places]: StepPath): Visit {
    const walker = this.#walker
    const first = chosen(walker.starts(), start, 'initial state', 0)
    const [steps, states] = [[] as Trace['steps'][number][], [first.state]]
    let at: Position = first
    let enabled = walker.from(first)
    let failure: string | undefined
    for (const [i, place] of places.entries()) {
      const way = chosen(enabled, place, 'enabled step', i + 1)
      steps.push(way.step)
      states.push(way.to.state)
      at = way.to
      failure = way.failure
      enabled = failure === undefined ? walker.from(at) : []
    }
    const trace = { processes: walker.processes, states, steps }
    return { trace, enabled, ...(failure !== undefined && { failure }) }
  }

  /** The path that a trace takes. */
  pathOf(trace: Trace): StepPath {
    return this.#walker.along(trace).map(({ place }) => place)
  }
}

function chosen<T>(list: readonly T[], place: number, what: string, at: number): T {
  const found = list[place]
  if (found === undefined) throw badArguments(`the path goes wrong at its place ${at}: there is no ${what} ${place}, only ${list.length}`)
  return found
}
