/** The public door of the search: a scenario in, a verdict and figures out. */
import { SpecFault } from '../fault.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Verdict } from '../verdict.js'
import type { ExploreOptions, Report } from './report.js'
import { Search } from './search.js'

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
