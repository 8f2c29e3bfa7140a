/** All runs in a line. */
import type { Outcome } from '../judgement.js'

/** `12 scenarios, 11 as expected, 1 not`; of runs that were interrupted: `3 scenarios, 2 as expected, 1 not; 9 were not run`. */
export function summary(outcomes: readonly Outcome[], left: number): string {
  const wrong = outcomes.filter((o) => o.judgement.differences.length > 0).length
  const all = `${outcomes.length} ${outcomes.length === 1 ? 'scenario' : 'scenarios'}`
  const rest = left === 0 ? '' : `; ${left} ${left === 1 ? 'was' : 'were'} not run`
  return `${all}, ${wrong === 0 ? 'all as expected' : `${outcomes.length - wrong} as expected, ${wrong} not`}${rest}`
}
