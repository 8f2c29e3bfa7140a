/** A trace as rows: who did what, and what that changed. */
import { type Difference, diffStates, type Scenario, type Trace, type TraceState, type TraceStep } from '../../checker/index.js'
import { fieldAt } from './fields.js'
import { formatPath, formatValue } from './value.js'

export interface Row {
  /** Index of the process, or one more than there are processes for an action. */
  readonly lane: number
  /** `do_swap_page.lookup`, `RMPrepare(rm=1)`. */
  readonly title: string
  /** `desc[1].swap_refs 3 -> 1`; where the step begins with a sleep, that first. */
  readonly changes: readonly string[]
  /** The step ended in a failed assertion, or threw. */
  readonly failed: boolean
  /** From this step on, the steps are repeated for ever. */
  readonly startsLoop: boolean
}

export function rowsOf(scenario: Scenario, trace: Trace): Row[] {
  return trace.steps.map((step, i) => {
    const [before, after] = [trace.states[i], trace.states[i + 1]]
    const differences = before && after ? diffStates(before, after) : []
    const changes = [
      ...(step.slept ? ['after a sleep'] : []),
      ...differences.filter(isShown).map((d) => formatChange(scenario, d)),
      ...abstractChanges(scenario, before, after),
    ]
    return {
      lane: step.process ?? trace.processes.length,
      title: titleOf(step),
      changes,
      failed: step.failed,
      startsLoop: i === trace.loop,
    }
  })
}

/** `f.lock`; of an action with parameters, `RMPrepare(rm=1)`. */
export function titleOf({ step, args }: TraceStep): string {
  const list = Object.entries(args).map(([name, value]) => `${name}=${String(value)}`)
  return list.length === 0 ? step : `${step}(${list.join(', ')})`
}

/** What the step is in the abstract: nothing where it is none there. */
function abstractChanges(scenario: Scenario, before: TraceState | undefined, after: TraceState | undefined): string[] {
  const { spec, properties = [] } = scenario
  const refinement = [...spec.properties, ...properties].find((p) => p.kind === 'refines')
  if (refinement === undefined || before?.abstract === undefined || after?.abstract === undefined) return []
  const alone = (variables: TraceState['variables']): TraceState => ({ variables, processes: [] })
  const differences = diffStates(alone(before.abstract), alone(after.abstract))
  return differences.map((d) => `in ${refinement.name}: ${formatChange({ ...scenario, spec: refinement.of }, d)}`)
}

function formatChange(scenario: Scenario, difference: Difference): string {
  const field = fieldAt(scenario, difference)
  const path = difference.process === undefined ? difference.path : ['me', ...difference.path.slice(1)]
  return `${formatPath(path)} ${formatValue(difference.before, field)} -> ${formatValue(difference.after, field)}`
}

/**
 * Where a process is, the step says; locals of a frame that was entered or left are noise. A returned value is a change of the
 * caller's.
 */
function isShown({ process, path, before, after }: Difference): boolean {
  return process === undefined || (path.length > 1 && before !== undefined && after !== undefined)
}
