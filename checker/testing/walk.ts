/** Follows a trace of the engine through the toy's transition relation: is it a behaviour, and does it end where the verdict says? */
import { Set as ImmutableSet, isImmutable, List } from 'immutable'
import type { Scenario } from '../machine/scenario.js'
import type { Trace, TraceState, TraceStep } from '../trace/trace.js'
import { type Edge, type State, ToyMachine } from './toy-machine.js'

/** The end of a trace, and how it got there; `last` is undefined of a trace without a step. */
export interface Arrival {
  readonly state: State
  readonly last: { readonly from: State; readonly edge: Edge } | undefined
}

/** @throws Error at the first state or step of the trace that the toy does not know */
export function walk(scenario: Scenario, trace: Trace): Arrival {
  const machine = new ToyMachine(scenario)
  const [first, ...rest] = trace.states
  let state = machine.initial().find((s) => isShownBy(s, first))
  if (state === undefined) throw new Error('the first state of the trace is no initial state')
  let last: Arrival['last']
  for (const [i, step] of trace.steps.entries()) {
    const from: State = state
    const edge = machine.edges(from).find((e) => isTheStep(e, step))
    if (edge === undefined) throw new Error(`step ${i + 1} of the trace, ${step.step}, is not enabled`)
    if (!isShownBy(edge.to, rest[i])) throw new Error(`step ${i + 1} of the trace, ${step.step}, leads to another state`)
    last = { from, edge }
    state = edge.to
  }
  return { state, last }
}

function isTheStep(edge: Edge, { process, step, args, picks, failed }: TraceStep): boolean {
  const told = { process, step, args, picks, failed }
  return JSON.stringify({ ...edge, to: undefined, slept: undefined, failed: edge.failed !== undefined }) === JSON.stringify(told)
}

function isShownBy(state: State, shown: TraceState | undefined): boolean {
  const processes = state.stacks.toArray().map((stack) => ({
    at: stack.isEmpty() ? '' : `${stack.last()?.procedure?.name}.${stack.last()?.label}`,
    frames: stack.toArray().map(({ procedure, locals }) => ({ procedure: procedure?.name, locals: picture(locals) })),
  }))
  const shownProcesses = shown?.processes.map(({ at, frames }) => ({
    at,
    frames: frames.map(({ procedure, locals }) => ({ procedure, locals: picture(locals) })),
  }))
  const told = { variables: picture(shown?.variables), processes: shownProcesses }
  return JSON.stringify({ variables: picture(state.variables), processes }) === JSON.stringify(told)
}

/** A value of either checker as plain data: its parts by name or number, in order. */
function picture(value: unknown): unknown {
  if (ImmutableSet.isSet(value)) return (value as ImmutableSet<number>).sort().toArray()
  if (List.isList(value)) return Object.fromEntries(value.map((v, i) => [i + 1, picture(v)]))
  if (!isImmutable(value)) return value
  const entries = [...(value as unknown as Iterable<[string | number, unknown]>)]
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, picture(v)]))
}
