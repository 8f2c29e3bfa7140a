/** A run that has something to tell, whichever command ran it, and in whichever format it is told. */
import pc from 'picocolors'
import type { Scenario, Trace, Verdict } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import { endOf } from './story.js'

export interface Finding {
  readonly scenario: Scenario
  readonly verdict: Verdict
  readonly isExpected: boolean
  /** What is not as expected, each in words. */
  readonly differences: readonly string[]
  /** The command that shows it again. */
  readonly again: string
  /** What a person has written of it. */
  readonly story?: string | undefined
}

export function findingOf({ report: { scenario, verdict }, judgement: { differences } }: Outcome, again: string): Finding {
  return { scenario, verdict, isExpected: differences.length === 0, differences, again }
}

export function traceOf({ verdict }: Pick<Finding, 'verdict'>): Trace | undefined {
  return 'trace' in verdict ? verdict.trace : undefined
}

/** What is not as expected, and what went wrong, in lines as long as they are. */
export function messageOf({ verdict, differences }: Finding): string[] {
  const ending = endOf(verdict, { width: Number.POSITIVE_INFINITY, colors: pc.createColors(false) })
  return [...differences, ...ending].flatMap((line) => line.split('\n'))
}
