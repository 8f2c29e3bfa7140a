/** Where a counterexample comes from, as its file says it. */
import type { Deadlock, Scenario, SpecError, Violated } from '../checker/index.js'
import type { Provenance } from './formats/itf.js'
import { version } from './version.js'

/** @param command runs it again */
export function provenanceOf(scenario: Scenario, verdict: Violated | Deadlock | SpecError, command: string): Provenance {
  return {
    tool: 'swapcheck',
    version,
    spec: scenario.spec.name,
    scenario: scenario.id,
    verdict: verdict.kind,
    ...(verdict.kind === 'violated' && { property: verdict.property, sentence: verdict.sentence }),
    ...('message' in verdict && verdict.message !== undefined && { message: verdict.message }),
    command,
  }
}
