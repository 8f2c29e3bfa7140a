/** A step of a system, as traces tell it. */
import type { System } from '../machine/system.js'
import type { TraceStep } from './trace.js'

/** @param taken what the sink was told, and what `choose` had picked */
export function traceStep(
  system: System,
  taken: { readonly step: number; readonly actor: number; readonly picks: readonly number[] },
  failed: boolean,
): TraceStep {
  const isAction = taken.step < system.scenario.spec.actions.length
  return {
    process: isAction ? undefined : taken.actor,
    step: system.steps[taken.step]?.step ?? '?',
    args: isAction ? (system.actions[taken.actor]?.args ?? {}) : {},
    picks: taken.picks,
    failed,
  }
}
