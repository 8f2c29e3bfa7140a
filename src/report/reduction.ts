/** How much smaller a reduced search was, in words. */
import type { Report } from '../../checker/index.js'

/** A line, or none where no reduction was asked for. What a scenario expects are the counts of all states. */
export function reductionLine({ scenario, verdict, reductions, unreduced, distinct }: Report): string[] {
  if (unreduced !== undefined) return [`not reduced by ${unreduced}, which would not preserve the temporal properties`]
  if (reductions.length === 0) return []
  const isComparable = verdict.kind === scenario.expect.verdict && distinct > 0
  const factor = (scenario.expect.distinct / distinct).toFixed(2)
  const by = isComparable
    ? `: ${distinct.toLocaleString('en-US')} of ${scenario.expect.distinct.toLocaleString('en-US')} states, ${factor} times fewer`
    : ''
  return [`reduced by ${reductions.join(' and ')}${by}`]
}
