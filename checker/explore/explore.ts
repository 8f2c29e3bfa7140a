/** The public door of the search: a scenario in, a verdict and figures out. */
import { SpecFault } from '../fault.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Verdict } from '../verdict.js'
import { Search } from './search.js'

export interface ExploreOptions {
  /** Stop, incomplete, at this many distinct states. */
  readonly maxStates?: number
  /** Stop, incomplete, after this many seconds. */
  readonly maxSeconds?: number
  /** Called about once a second, and never in a search that is shorter. */
  readonly onProgress?: (figures: Figures) => void
}

/** Counted as TLC counts. */
export interface Figures {
  /** States. */
  readonly distinct: number
  /** Initial states and all successors, those already seen and self-loops included. */
  readonly generated: number
  /** States on the longest of the shortest paths; an initial state is at depth 1. */
  readonly depth: number
  /** States that wait to be expanded. */
  readonly frontier: number
  readonly seconds: number
  /** What the store has taken. */
  readonly bytes: number
}

export interface Report extends Omit<Figures, 'frontier'> {
  readonly scenario: Scenario
  readonly verdict: Verdict
  /** The most states that one depth had. */
  readonly frontierMax: number
  /** How often each step fired, in order of declaration; names as in `StepInfo.name`. */
  readonly coverage: Readonly<Record<string, number>>
}

/** Visits every reachable state, breadth first, and says what it found. Never throws for what a spec does. */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Report {
  try {
    return new Search(new System(scenario), options).run()
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const verdict: Verdict = { kind: 'specError', fault: error.kind, message: error.message, step: undefined, trace: undefined }
    return { scenario, verdict, distinct: 0, generated: 0, depth: 0, frontierMax: 0, seconds: 0, bytes: 0, coverage: {} }
  }
}
