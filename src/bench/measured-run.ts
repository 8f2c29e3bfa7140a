/** A process for one run that `bench` measures: a scenario's id and a number of workers in, one line of JSON out. */
import process from 'node:process'
import { explore, Reserve } from '../../checker/index.js'
import { judge } from '../judgement.js'
import { scenarioFor } from '../scenario-of-thread.js'
import { moduleOfThreads, sourceOf } from '../scenario-source.js'

export interface MeasuredRun {
  /** Of the search alone. */
  readonly seconds: number
  /** By which the resident set of the process grew, at most, from before the search. */
  readonly bytes: number
  /** What is not as expected. */
  readonly differences: readonly string[]
}

const [id = '', count] = process.argv.slice(2)
const reserve = Number(count) > 1 ? new Reserve(moduleOfThreads(undefined, [id]), Number(count) - 1) : undefined
const scenario = await scenarioFor({ id, spec: undefined })
const idle = process.memoryUsage.rss()
const report = explore(scenario, { workers: { count: Number(count), source: sourceOf(scenario, undefined), reserve } })
const bytes = 1024 * process.resourceUsage().maxRSS - idle
const run: MeasuredRun = { seconds: report.seconds, bytes, differences: judge(report).differences }
process.stdout.write(`${JSON.stringify(run)}\n`)
