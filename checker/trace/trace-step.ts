/** A step of a system, as traces tell it. */
import { is } from 'immutable'
import type { System } from '../machine/system.js'
import type { TraceStep } from './trace.js'

/** The step that a sink is being told of. */
export function stepTaken(system: System, step: number, actor: number, failed: boolean): TraceStep {
  return traceStep(system, { step, actor, picks: system.choices.picks, slept: !failed && system.slept }, failed)
}

/** @param taken what a sink was told, what `choose` had picked, and whether it began with a sleep */
export function traceStep(
  system: System,
  taken: { readonly step: number; readonly actor: number; readonly picks: readonly number[]; readonly slept: boolean },
  failed: boolean,
): TraceStep {
  const isAction = taken.step < system.scenario.spec.actions.length
  return {
    process: isAction ? undefined : taken.actor,
    step: system.steps[taken.step]?.step ?? '?',
    args: isAction ? (system.actions[taken.actor]?.args ?? {}) : {},
    picks: taken.picks,
    failed,
    ...(taken.slept && { slept: true }),
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
