/**
 * Runs a recorded behaviour again, step by step, against a scenario as it is today. Nothing in the record is trusted: each step must be
 * enabled, each state must come out as it was written down, and the end must be what it is said to be.
 */
import type { LassoState } from '../liveness/lasso-check.js'
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import type { Deadlock, SpecError, Violated } from '../verdict.js'
import { StateDecoder } from './decode-state.js'
import { type Difference, diffStates } from './diff.js'
import { type Claim, endingOf, endlessEnding, type LastStep } from './ending.js'
import type { Trace, TraceState, TraceStep } from './trace.js'
import { isSameStep, stepTaken } from './trace-step.js'

/** A behaviour as it was written down, and what it is said to end in. */
export interface Recorded {
  /** Has a state before its first step and one after each. */
  readonly trace: Trace
  readonly claim: Claim
}

export type Replay = Replayed | NotABehaviour

/** The recorded behaviour is one of the spec, and ends as it is said to. */
export interface Replayed {
  readonly kind: 'replayed'
  /** As the run of today gives it. */
  readonly verdict: Violated | Deadlock | SpecError
}

export interface NotABehaviour {
  readonly kind: 'not a behaviour'
  readonly why: 'no such initial state' | 'step not enabled' | 'state differs' | 'ends without the violation'
  /** Index of the state that could not be reached, 0 for an initial one; of the last state where only the end is wrong. */
  readonly at: number
  /** The recorded step that leads there. */
  readonly step: TraceStep | undefined
  /** From the recorded state to the one that the spec gives (of several initial ones, the nearest). */
  readonly differences: readonly Difference[]
  /** What is enabled in the state before. */
  readonly enabled: readonly TraceStep[]
  /** As far as it could be run. */
  readonly trace: Trace
}

/** A state that was reached, packed and decoded. */
interface Reached extends LastStep, LassoState {
  readonly state: TraceState
}

/** A step that was taken again, and what is enabled beside it. */
interface Attempt {
  readonly taken?: Reached
  readonly as?: TraceStep
  readonly enabled: TraceStep[]
}

/**
 * @throws SpecFault where the spec or the scenario makes no sense
 * @throws RangeError where the trace has not one state more than it has steps
 */
export function replay(scenario: Scenario, { trace, claim }: Recorded): Replay {
  if (trace.states.length !== trace.steps.length + 1) throw new RangeError('a trace has one state more than it has steps')
  const system = new System(scenario)
  const decoder = new StateDecoder(system)
  const processes = system.configuration.processes.map((p) => p.name)
  const states: TraceState[] = []
  const steps: TraceStep[] = []
  const stop = (why: NotABehaviour['why'], at: number, differences: Difference[], enabled: TraceStep[]): NotABehaviour => {
    return { kind: 'not a behaviour', why, at, step: trace.steps[at - 1], differences, enabled, trace: { processes, states, steps } }
  }
  const start = nearestInitial(system, decoder, trace.states[0] as TraceState)
  if (start.differences.length > 0) return stop('no such initial state', 0, start.differences, [])
  states.push(start.state)
  let last: Reached = start
  const reached: Reached[] = [start]
  for (const [i, step] of trace.steps.entries()) {
    const { taken, as, enabled } = take(system, decoder, last.words, step)
    const isCut = taken?.error !== undefined && (i < trace.steps.length - 1 || trace.loop !== undefined)
    if (taken === undefined || as === undefined || isCut) return stop('step not enabled', i + 1, [], enabled)
    const differences = diffStates(trace.states[i + 1] as TraceState, taken.state)
    if (differences.length > 0) return stop('state differs', i + 1, differences, enabled)
    states.push(taken.state)
    steps.push(as)
    reached.push(taken)
    last = taken
  }
  const ending = trace.loop === undefined ? endingOf(system, last, claim) : endlessEnding(system, reached, trace.loop, claim)
  if (ending === undefined) return stop('ends without the violation', trace.steps.length, [], [])
  const { loop } = trace
  return { kind: 'replayed', verdict: { ...ending, trace: { processes, states, steps, ...(loop !== undefined && { loop }) } } }
}

/** The initial state that differs least from the recorded one. */
function nearestInitial(system: System, decoder: StateDecoder, recorded: TraceState) {
  let nearest: (Reached & { differences: Difference[] }) | undefined
  system.initial(() => {
    const state = decoder.decode()
    const differences = diffStates(recorded, state)
    if (nearest !== undefined && nearest.differences.length <= differences.length) return
    const words = system.w.slice()
    nearest = { before: words, words, step: undefined, stepIndex: -1, actor: -1, error: undefined, state, differences }
  })
  if (nearest === undefined) throw new Error('no initial state')
  return nearest
}

/** Takes the recorded step from a state, if it is among those that are enabled there. */
function take(system: System, decoder: StateDecoder, from: Int32Array, wanted: TraceStep): Attempt {
  const enabled: TraceStep[] = []
  let attempt: Required<Omit<Attempt, 'enabled'>> | undefined
  const visit = (step: number, actor: number, failed: boolean, error: unknown): void => {
    const found = stepTaken(system, step, actor, failed)
    enabled.push(found)
    if (!isSameStep(found, wanted)) return
    const taken = { before: from, words: system.w.slice(), step: found.step, stepIndex: step, actor, error, state: decoder.decode() }
    attempt = { taken, as: found }
  }
  system.current.set(from)
  system.expand({
    successor: (step, actor) => visit(step, actor, false, undefined),
    failure: (error, step, actor) => visit(step, actor, true, error ?? new Error('undefined was thrown')),
  })
  return { ...attempt, enabled }
}
