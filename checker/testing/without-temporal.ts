/** Scenarios for what knows nothing of temporal properties. */
import { temporalOf } from '../liveness/instance.js'
import type { Scenario } from '../machine/scenario.js'

/** Those that are not about temporal properties, without them. */
export function withoutTemporal(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.flatMap((s) => {
    const names = temporalOf(s).map((p) => p.name)
    const isAbout = s.expect.property !== undefined && names.includes(s.expect.property)
    return isAbout ? [] : [{ ...s, skip: [...(s.skip ?? []), ...names] }]
  })
}
