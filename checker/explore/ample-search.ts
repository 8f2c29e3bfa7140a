/**
 * A search with partial-order reduction: passes, each over the whole reduced graph, until one touches nothing that was not known before it
 * began (reduce/ample.ts). What a violation needs is a shortest counterexample, which a reduced graph need not have: then the search is run
 * once more, whole.
 */
import type { System } from '../machine/system.js'
import { Ample } from '../reduce/ample.js'
import type { Searching } from './place.js'
import type { ExploreOptions, Report } from './report.js'
import { Search } from './search.js'

/** States that are looked at, whole, before the first pass: most of what steps touch is seen early. */
const LOOKED_AT = 256

export function* searchAmply(system: System, options: ExploreOptions): Searching<Report> {
  const ample = new Ample(system)
  const { workers: _, ...alone } = options
  yield* new Search(system, { maxStates: LOOKED_AT }, ample).run()
  for (;;) {
    ample.begin()
    const report = yield* new Search(system, alone, ample).run()
    const { verdict } = report
    const wasStopped = verdict.kind === 'incomplete' && verdict.bound !== 'bitstate'
    if (wasStopped) return report
    if (!ample.isSettled) continue
    const isBad = 'trace' in verdict
    return isBad ? yield* new Search(system, options).run() : report
  }
}
