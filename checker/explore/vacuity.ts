/** Why a complete search without a violation still proves nothing. */
import type { System } from '../machine/system.js'
import type { PropertyCheck } from '../property/property-check.js'
import type { VacuityReason } from '../verdict.js'

/** @param coverage how often each of `system.steps` fired */
export function vacuity(system: System, coverage: ArrayLike<number>, properties: PropertyCheck): VacuityReason[] {
  const listed = new Set(Object.values(system.scenario.unreachable ?? {}).flat())
  const isListed = ({ name, step }: { name: string; step: string }): boolean => listed.has(name) || listed.has(step)
  const known = new Set(system.steps.flatMap(({ name, step }) => [name, step]))
  const never = system.steps.filter((s, i) => coverage[i] === 0 && !isListed(s))
  const fired = [...listed].filter((l) => system.steps.some((s, i) => (s.name === l || s.step === l) && (coverage[i] ?? 0) > 0))
  return [
    ...never.map(({ name }) => ({ kind: 'step never fired', step: name }) as const),
    ...fired.map((step) => ({ kind: 'step listed as unreachable fired', step }) as const),
    ...[...listed].filter((l) => !known.has(l)).map((step) => ({ kind: 'no such step to list as unreachable', step }) as const),
    ...properties.notFound.map((property) => ({ kind: 'reachable not found', property }) as const),
    ...properties.neverViolated.map((property) => ({ kind: 'mustFail not violated', property }) as const),
  ]
}
