/** A step of a system, as traces tell it. */
import { is } from 'immutable'
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

/** Is it the same step of the same process, with the same arguments and the same choices? */
export function isSameStep(a: TraceStep, b: TraceStep): boolean {
  const names = Object.keys(a.args)
  return (
    a.process === b.process &&
    a.step === b.step &&
    a.failed === b.failed &&
    a.picks.length === b.picks.length &&
    a.picks.every((pick, i) => pick === b.picks[i]) &&
    names.length === Object.keys(b.args).length &&
    names.every((name) => is(a.args[name], b.args[name]))
  )
}
