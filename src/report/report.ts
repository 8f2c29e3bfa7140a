/** What `check` writes about its runs. Pure: outcomes in, text out. */
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'

export interface Reporter {
  /** Before the first run. */
  begin(scenarios: readonly Scenario[]): string
  /** After each run; `again` is the command that shows it again. */
  run(outcome: Outcome, again: string): string
  /** After the last; `left` scenarios were not run, as the command was interrupted. */
  end(outcomes: readonly Outcome[], left: number): string
}
