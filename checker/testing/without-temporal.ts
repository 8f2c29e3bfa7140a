/** Scenarios for what knows nothing of temporal properties. */
import { temporalOf } from '../liveness/instance.js'
import type { Scenario } from '../machine/scenario.js'

/** Those that are not about temporal properties, without them: the spec's are skipped, the scenario's own not asked. */
export function withoutTemporal(scenarios: readonly Scenario[]): Scenario[] {
  return scenarios.flatMap((s) => {
    const names = temporalOf(s).map((p) => p.name)
    const isAbout = s.expect.property !== undefined && names.includes(s.expect.property)
    const ofSpec = s.spec.properties.map((p) => p.name).filter((name) => names.includes(name))
    const properties = (s.properties ?? []).filter((p) => !names.includes(p.name))
    return isAbout ? [] : [{ ...s, properties, skip: [...(s.skip ?? []), ...ofSpec] }]
  })
}
