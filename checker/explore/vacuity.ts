/** Why a complete search without a violation still proves nothing. */
import { isNamed } from '../machine/step-name.js'
import type { StepInfo, System } from '../machine/system.js'
import type { VacuityReason } from '../verdict.js'

/** Names of properties: `reachable` ones that no state has shown, `mustFail` ones that every state has kept. */
interface Open {
  readonly notFound: readonly string[]
  readonly neverViolated: readonly string[]
}

/** @param coverage how often each of `system.steps` fired */
export function vacuity(system: System, coverage: ArrayLike<number>, properties: Open): VacuityReason[] {
  const { steps } = system
  const listed = [...new Set(Object.values(system.scenario.unreachable ?? {}).flat())]
  const hasFired = (_: StepInfo, i: number): boolean => (coverage[i] ?? 0) > 0
  const never = steps.filter((s, i) => !hasFired(s, i) && !listed.some((pattern) => isNamed(pattern, s)))
  const fired = listed.filter((pattern) => steps.filter(hasFired).some((s) => isNamed(pattern, s)))
  const unknown = listed.filter((pattern) => !steps.some((s) => isNamed(pattern, s)))
  return [
    ...never.map(({ name }) => ({ kind: 'step never fired', step: name }) as const),
    ...fired.map((step) => ({ kind: 'step listed as unreachable fired', step }) as const),
    ...unknown.map((step) => ({ kind: 'no such step to list as unreachable', step }) as const),
    ...properties.notFound.map((property) => ({ kind: 'reachable not found', property }) as const),
    ...properties.neverViolated.map((property) => ({ kind: 'mustFail not violated', property }) as const),
  ]
}
