/** Searches whose answer is of use only if they come to their end. */
import process from 'node:process'
import { type ExploreOptions, exploreInTurns, type Report, type Scenario } from '../checker/index.js'
import { exitCodes } from './exit-code.js'
import { defaultMaxBytes } from './machine-limits.js'
import { Refusal } from './refusal.js'
import { progressLine } from './report/progress.js'
import type { Terminal } from './terminal.js'

/** @throws Refusal where a search does not come to its end */
export async function exploreWhole(
  scenario: Scenario,
  signal: AbortSignal,
  terminal: Terminal,
  workers?: ExploreOptions['workers'],
): Promise<Report> {
  return wholeReport(await exploreUpTo(scenario, undefined, signal, terminal, workers))
}

/**
 * As far as so many states, and the memory.
 *
 * @throws Refusal where it is interrupted
 */
export async function exploreUpTo(
  scenario: Scenario,
  maxStates: number | undefined,
  signal: AbortSignal,
  terminal: Terminal,
  workers?: ExploreOptions['workers'],
): Promise<Report> {
  const maxBytes = defaultMaxBytes('memory')
  const report = await exploreInTurns(scenario, {
    ...(maxBytes !== undefined && { maxBytes }),
    ...(maxStates !== undefined && { maxStates }),
    ...(workers !== undefined && { workers }),
    signal,
    onProgress: (figures) => terminal.progress(progressLine(scenario.id, figures, process.memoryUsage.rss(), terminal.page.width)),
  })
  terminal.progress('')
  if (signal.aborted) throw new Refusal(exitCodes.interrupted.code, 'interrupted: what was explored so far says nothing of the rest')
  return report
}

/** @throws Refusal where it says nothing of all states */
export function wholeReport(report: Report): Report {
  const { scenario, verdict } = report
  if (verdict.kind !== 'incomplete') return report
  const out = scenario.without?.at(-1)
  const what = out === undefined ? scenario.id : `${scenario.id} without '${out}'`
  throw new Refusal(exitCodes.incomplete.code, `${what} does not fit into the memory; make it smaller, or move it to the nightly set`)
}
