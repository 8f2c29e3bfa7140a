/** Which runs of `check` are told with their stories: those that are not as expected; where a few scenarios were asked for, all that did not hold. */
import type { Outcome } from '../judgement.js'

/** As many as a pair. */
const A_FEW = 2

/** @param scenarios how many were asked for */
export function isTold({ report, judgement }: Outcome, scenarios: number): boolean {
  return judgement.differences.length > 0 || (scenarios <= A_FEW && report.verdict.kind !== 'holds')
}
