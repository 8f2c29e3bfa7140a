/** A process for one run that `bench` measures: a scenario's id and a number of workers in, one line of JSON out. */
import process from 'node:process'
import { explore } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { judge } from '../judgement.js'
import { sourceOf } from '../scenario-of-thread.js'

export interface MeasuredRun {
  /** Of the search alone. */
  readonly seconds: number
  /** By which the resident set of the process grew, at most, from before the search. */
  readonly bytes: number
  /** What is not as expected. */
  readonly differences: readonly string[]
}

const [id, count] = process.argv.slice(2)
const scenario = scenarios.find((s) => s.id === id)
if (scenario === undefined) throw new Error(`no scenario ${id}`)
const idle = process.memoryUsage.rss()
const report = explore(scenario, { workers: { count: Number(count), source: sourceOf(scenario, undefined) } })
const bytes = 1024 * process.resourceUsage().maxRSS - idle
const run: MeasuredRun = { seconds: report.seconds, bytes, differences: judge(report).differences }
process.stdout.write(`${JSON.stringify(run)}\n`)
