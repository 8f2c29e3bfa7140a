/** Every reachable state of a small scenario, as people see it, and every step between two of them; properties are not looked at. */
import type { Scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { StateDecoder } from './decode-state.js'
import type { TraceState, TraceStep } from './trace.js'
import { stepTaken } from './trace-step.js'

export interface ReachableStep {
  readonly step: TraceStep
  /** Index of a state. */
  readonly to: number
}

export interface ReachableGraph {
  /** The names of the processes. */
  readonly processes: readonly string[]
  readonly states: readonly TraceState[]
  /** Indices of states, each once. */
  readonly initial: readonly number[]
  /** The steps out of each state. A step that fails, or throws, leads nowhere. */
  readonly steps: readonly (readonly ReachableStep[])[]
}

/**
 * @returns undefined where there are more states than that
 * @throws SpecFault where the spec or the scenario makes no sense
 */
export function reachable(scenario: Scenario, maxStates: number): ReachableGraph | undefined {
  const system = new System(scenario)
  const decoder = new StateDecoder(system)
  const known = new Map<string, number>()
  const words: Int32Array[] = []
  const states: TraceState[] = []
  const idOfShown = (): number => {
    const key = system.w.join()
    const before = known.get(key)
    if (before !== undefined) return before
    known.set(key, words.length)
    states.push(decoder.decode())
    return words.push(system.w.slice()) - 1
  }
  const initial = new Set<number>()
  system.initial(() => initial.add(idOfShown()))
  const steps: ReachableStep[][] = []
  while (steps.length < words.length) {
    if (words.length > maxStates) return undefined
    const found: ReachableStep[] = []
    system.current.set(words[steps.length] as Int32Array)
    system.expand({
      successor: (step, actor) => found.push({ step: stepTaken(system, step, actor, false), to: idOfShown() }),
      failure() {},
    })
    steps.push(found)
  }
  return { processes: system.configuration.processes.map((p) => p.name), states, initial: [...initial], steps }
}
