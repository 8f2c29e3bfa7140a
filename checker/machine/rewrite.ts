/** The same scenario with other steps in its processes: for mutants, and for asking how a step comes to fire. */
import type { Procedure, StepFunction } from './procedure.js'
import type { Process } from './process.js'
import type { Scenario } from './scenario.js'

/** A step of a kind of process, as it is. */
export interface StepOfProcess {
  /** `fault`. */
  readonly process: string
  readonly procedure: Procedure
  readonly label: string
  readonly run: StepFunction
}

/** The steps that a procedure of a kind of process has besides its own, by label. */
export type MoreSteps = (process: string, procedure: Procedure) => Iterable<readonly [string, StepFunction]>

/**
 * @param rewriting answers what is to run in place of a step; called once for each step of each kind of process
 * @param more where what is answered goes on at steps that were not there
 * @returns a scenario of the same id, whose properties and protections are the same
 */
export function rewrite(scenario: Scenario, rewriting: (step: StepOfProcess) => StepFunction, more: MoreSteps = () => []): Scenario {
  const kinds = new Map<string, Map<Procedure, Procedure>>()
  const run = (scenario.run ?? []).map((process): Process => {
    const known = kinds.get(process.name) ?? new Map<Procedure, Procedure>()
    kinds.set(process.name, known)
    return { ...process, procedure: rewritten(process.name, process.procedure, known, { rewriting, more }) }
  })
  return { ...scenario, run }
}

/** @param known those of the same kind of process: a procedure is rewritten once, wherever it is called from */
function rewritten(
  process: string,
  procedure: Procedure,
  known: Map<Procedure, Procedure>,
  by: { readonly rewriting: (step: StepOfProcess) => StepFunction; readonly more: MoreSteps },
): Procedure {
  const before = known.get(procedure)
  if (before !== undefined) return before
  const calls = procedure.calls.map((callee) => rewritten(process, callee, known, by))
  const own = [...procedure.steps].map(([label, run]): [string, StepFunction] => [label, by.rewriting({ process, procedure, label, run })])
  const steps = [...own, ...by.more(process, procedure)].map(([label, run]): [string, StepFunction] => [
    label,
    (s, me) => calling(run(s, me), known),
  ])
  const result: Procedure = { ...procedure, calls, steps: new Map(steps) }
  known.set(procedure, result)
  return result
}

/** What a step answered, with the procedure that it calls as it is now. */
function calling(outcome: unknown, known: ReadonlyMap<Procedure, Procedure>): unknown {
  const callee = known.get((outcome as { procedure?: Procedure } | undefined)?.procedure as Procedure)
  return callee === undefined ? outcome : { ...(outcome as object), procedure: callee }
}
