/** Reporters that write one document, of what there is to tell, when all runs have ended. */
import type { Outcome } from '../judgement.js'
import { printableLine } from '../printable.js'
import { type Finding, findingOf } from './finding.js'
import { replayedLine } from './replay.js'
import type { Reporter } from './report.js'
import { summary } from './summary.js'
import { isTold } from './told.js'

/** What a document is about. */
export interface Told {
  readonly findings: readonly Finding[]
  /** In a line: how many scenarios, and how many of them as expected. */
  readonly summary: string
  /** No scenario was left out, as those are after an interruption. */
  readonly isWhole: boolean
}

export function documentReporter(write: (told: Told) => string, stepSummary?: (told: Told, room: number) => string): Reporter {
  let scenarios = 0
  let told: Told = { findings: [], summary: '', isWhole: false }
  const findings: Finding[] = []
  return {
    begin(all) {
      scenarios = all.length
      return ''
    },
    run(outcome, again) {
      if (isTold(outcome, scenarios)) findings.push(findingOf(outcome, again))
      return ''
    },
    end(outcomes: readonly Outcome[], left) {
      told = { findings, summary: printableLine(summary(outcomes, left)), isWhole: left === 0 }
      return write(told)
    },
    replayed(finding) {
      told = { findings: [finding], summary: printableLine(replayedLine(finding.verdict)), isWhole: true }
      return write(told)
    },
    ...(stepSummary && { stepSummary: (room: number) => stepSummary(told, room) }),
  }
}
