/** Checks the temporal properties of a scenario on the graph of a search that is complete. */
import { LearnedNumber } from '../learn/learned-number.js'
import type { Endless } from '../property/property.js'
import type { VacuityReason, Violated } from '../verdict.js'
import { type Constraint, constraintsOf } from './constraints.js'
import type { Explored } from './explored.js'
import { FairLoops } from './fair-component.js'
import { isImplied } from './implied.js'
import { type AvoidedSteps, type Instance, instancesOf } from './instance.js'
import { lassoOf } from './lasso.js'
import { StateGraph } from './state-graph.js'
import { scopeOf } from './temporal-scope.js'

/** States that are looked at before it yields. */
const TURN = 1 << 14

type TemporalVacuity = 'no fair behaviour' | 'antecedent never holds' | 'implied by its fairness'

export interface TemporalAnswer {
  /** The first property, in order of declaration, that is violated. */
  readonly violated?: Violated
  /** Why those that hold say nothing. */
  readonly reasons: readonly VacuityReason[]
}

/**
 * Yields often.
 *
 * @throws SpecFault where a property throws, or fairness names what is not there
 */
export function* checkTemporal(explored: Explored, properties: readonly Endless[]): Generator<undefined, TemporalAnswer> {
  const reasons: VacuityReason[] = []
  for (const property of properties) {
    const vacuous: (TemporalVacuity | undefined)[] = []
    for (const instance of instancesOf(explored.system, property)) {
      const answer = yield* checkInstance(explored, instance)
      if (typeof answer === 'object') return { violated: answer, reasons }
      vacuous.push(answer)
    }
    const [kind] = vacuous
    // What is said of each element says something if it does of one of them.
    if (kind !== undefined && !vacuous.includes(undefined)) reasons.push({ kind, property: property.name })
  }
  return { reasons }
}

function* checkInstance(explored: Explored, instance: Instance): Generator<undefined, Violated | TemporalVacuity | undefined> {
  const { system, store, levels } = explored
  const { property } = instance
  const constraints = constraintsOf(system, property)
  const whole = new StateGraph(system, store, constraints)
  const graph = instance.avoided === undefined ? whole : yield* withoutSteps(explored, constraints, instance.avoided)
  const scope = yield* scopeOf(system, graph, levels, instance)
  const loops = new FairLoops(graph, constraints, scope)
  const part = yield* loops.search()
  if (part !== undefined) {
    const place = { has: (id: number) => loops.isIn(part, id), accepts: scope.accepts }
    const trace = yield* lassoOf(explored, { graph, constraints, scope, part, place }, instance.form)
    const { name, sentence } = property
    return { kind: 'violated', property: name, sentence, by: 'temporal', message: instance.element, trace }
  }
  if (!(yield* hasFairBehaviour(whole, constraints))) return 'no fair behaviour'
  if (!scope.isAsked) return 'antecedent never holds'
  return (yield* isImplied(graph, constraints, scope)) ? 'implied by its fairness' : undefined
}

/** The graph, but for steps that a loop is not to take. */
function* withoutSteps(
  { system, store }: Explored,
  constraints: readonly Constraint[],
  avoided: AvoidedSteps,
): Generator<undefined, StateGraph> {
  const learned = new LearnedNumber(system, (s) => avoided.of(s), new Int32Array(system.words))
  const known = new Int32Array(store.added)
  for (let id = 0; id < known.length; id++) {
    store.open(id)
    known[id] = learned.at(system.w)
    if (id % TURN === 0) yield undefined
  }
  const isAvoided = (before: number, after: number): boolean => avoided.includes(known[before] as number, known[after] as number)
  return new StateGraph(system, store, constraints, isAvoided)
}

/** Every behaviour can go on so that it is fair to steps; but it may have no way to what is to be true again and again. */
function* hasFairBehaviour(graph: StateGraph, constraints: readonly Constraint[]): Generator<undefined, boolean> {
  if (constraints.every((c) => c.holds === undefined)) return true
  const everything = { has: () => true, accepts: () => true, roots: () => Array(graph.size).keys() }
  return (yield* new FairLoops(graph, constraints, everything).search()) !== undefined
}
