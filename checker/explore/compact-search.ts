/**
 * A search whose database keeps fingerprints. They say which states are known, not what they are: where something is found, and memory has not all
 * states on the way to it, the search is run once more with a database that keeps all of each.
 */
import type { System } from '../machine/system.js'
import { omissionAmong } from '../store/fingerprint.js'
import { WayLost } from './database-place.js'
import type { Searching } from './place.js'
import type { ExploreOptions, Report } from './report.js'
import { Search } from './search.js'

export function* searchCompactly(system: System, options: ExploreOptions): Searching<Report> {
  try {
    return yield* new Search(system, options).run()
  } catch (error) {
    if (!(error instanceof WayLost)) throw error
    const { database, store = 'memory', ...others } = options
    if (database?.openWhole === undefined) throw new RangeError(`the store '${store}' is given no database of whole states`)
    const whole = { version: database.version, open: database.openWhole }
    const report = yield* new Search(system, { ...others, store: 'duckdb', database: whole }).run()
    return { ...report, store, omission: omissionAmong(report.distinct), ...(error.outside && { outside: error.outside }) }
  }
}
