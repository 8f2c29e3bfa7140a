/** What a reporter is. Pure: outcomes in, text out. The next one goes into `reporters.ts`. */
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import type { Finding } from './finding.js'

export interface Reporter {
  /** Of `check`, before the first run. */
  begin(scenarios: readonly Scenario[]): string
  /** After each run; `again` is the command that shows it again. */
  run(outcome: Outcome, again: string): string
  /** After the last; `left` scenarios were not run, as the command was interrupted. */
  end(outcomes: readonly Outcome[], left: number): string
  /** Of `replay`: a stored counterexample that was run again. */
  replayed(finding: Finding): string
  /** Markdown for the summary page of a GitHub job, of at most so many bytes, once all else is reported. */
  stepSummary?(room: number): string
}
