/** The public door of the search: a scenario in, a verdict and figures out. */
import { SpecFault } from '../fault.js'
import { temporalOf } from '../liveness/instance.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Verdict } from '../verdict.js'
import { searchAmply } from './ample-search.js'
import { searchCompactly } from './compact-search.js'
import { refuseInDatabase } from './database.js'
import { refuseCrowd } from './lossy.js'
import type { Searching } from './place.js'
import type { ExploreOptions, Report } from './report.js'
import { Search } from './search.js'

/** How long a search runs before it lets others of its thread have a turn. */
const TURN_MS = 50

/** Visits every reachable state, breadth first, and says what it found. Never throws for what a spec does. */
export function explore(scenario: Scenario, options: ExploreOptions = {}): Report {
  const search = searchOf(scenario, options)
  for (;;) {
    const { done, value } = search.next()
    if (done) return value
    if (value !== undefined) throw new RangeError('a database has to be waited for: use exploreInTurns')
  }
}

/** The same, but lets the event loop turn now and then: for whoever wants to abort it. */
export async function exploreInTurns(scenario: Scenario, options: ExploreOptions = {}): Promise<Report> {
  const search = searchOf(scenario, options)
  let turn = performance.now()
  for (;;) {
    const { done, value } = search.next()
    if (done) return value
    if (value !== undefined) await value
    if (performance.now() - turn < TURN_MS) continue
    await new Promise((resolve) => setImmediate(resolve))
    turn = performance.now()
  }
}

const nothing = { distinct: 0, generated: 0 }
const noFigures = { ...nothing, seen: nothing, depth: 0, depths: [], frontierMax: 0, seconds: 0, bytes: 0, workers: 1 }
const none = { ...noFigures, coverage: {}, asked: [] }

function* searchOf(scenario: Scenario, options: ExploreOptions): Searching<Report> {
  refuseCrowd(options)
  refuseInDatabase(options, scenario)
  try {
    const system = new System(scenario)
    const { reduction, ...unreduced } = options
    const isTemporal = temporalOf(scenario).length > 0
    if (reduction !== undefined && isTemporal) return { ...(yield* new Search(system, unreduced).run()), unreduced: reduction }
    if (options.store === 'duckdb-compact') return yield* searchCompactly(system, options)
    return yield* reduction === 'partial-order' ? searchAmply(system, options) : new Search(system, options).run()
  } catch (error) {
    if (!(error instanceof SpecFault)) throw error
    const verdict: Verdict = { kind: 'specError', fault: error.kind, message: error.message, step: undefined, trace: undefined }
    return { scenario, verdict, ...none, store: options.store ?? 'memory', reductions: [] }
  }
}
