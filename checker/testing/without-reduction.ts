/** What a search without reduction says of a scenario of the registry. */
import { explore } from '../explore/explore.js'
import type { Report } from '../explore/report.js'
import type { Scenario } from '../machine/scenario.js'

/** What is explored elsewhere, and compared with what is expected, is not explored again where it holds: there is no counterexample to compare. */
export function withoutReduction(scenario: Scenario): Pick<Report, 'verdict' | 'distinct'> {
  const { verdict, distinct } = scenario.expect
  return verdict === 'holds' ? { verdict: { kind: 'holds' }, distinct } : explore(scenario)
}
