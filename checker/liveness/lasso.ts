/** A counterexample without an end: a shortest way to a fair part of the graph, and a loop there. */
import { SpecFault } from '../fault.js'
import { PURITY, type System } from '../machine/system.js'
import type { TemporalForm } from '../property/property.js'
import type { StateTree } from '../store/state-tree.js'
import { StateDecoder } from '../trace/decode-state.js'
import { shortestTrace } from '../trace/shortest.js'
import type { Trace, TraceState, TraceStep } from '../trace/trace.js'
import { stepTaken } from '../trace/trace-step.js'
import type { Constraint } from './constraints.js'
import type { Explored } from './explored.js'
import type { FairPart, Scope } from './fair-component.js'
import { type Hop, LoopBuilder, type LoopPlace } from './loop.js'
import type { StateGraph } from './state-graph.js'
import { type Way, wayInto } from './way.js'

/** What was found. */
export interface Found {
  readonly graph: StateGraph
  readonly constraints: readonly Constraint[]
  readonly scope: Scope
  readonly part: FairPart
  /** The part, as a place for a loop. */
  readonly place: LoopPlace
}

/** Yields often. */
export function* lassoOf(explored: Explored, found: Found, form: TemporalForm): Generator<undefined, Trace> {
  const { system, store, levels } = explored
  const { graph, constraints, part, place } = found
  const way = yield* wayTo(found, form)
  const entry = way.hops.at(-1)?.child ?? way.root
  const hops = part.label === undefined ? [] : new LoopBuilder(graph, constraints, place).from(entry)
  const { trace } = yield* shortestTrace(system, store, levels, { states: [way.root], edges: [] })
  const loop = trace.states.length - 1 + way.hops.length
  const told = tell(system, store, [...way.hops, ...hops])
  return { ...trace, states: [...trace.states, ...told.states], steps: [...trace.steps, ...told.steps], loop }
}

/** Where only the loop decides, no state on the way to it matters; elsewhere the way must not leave the scope. */
function* wayTo({ graph, scope, part, place }: Found, form: TemporalForm): Generator<undefined, Way> {
  if (form === 'alwaysEventually' || form === 'eventuallyAlways') return { root: part.first, hops: [] }
  const way = yield* wayInto(graph, scope, place.has)
  if (way === undefined) throw new Error('no way leads to the loop that was found')
  return way
}

/** Takes steps again, to see what `choose` picked, and decodes the states that they lead to. */
function tell(system: System, store: StateTree, hops: readonly Hop[]): { states: TraceState[]; steps: TraceStep[] } {
  const decoder = new StateDecoder(system)
  const states: TraceState[] = []
  const steps: TraceStep[] = []
  for (const hop of hops) {
    const before = steps.length
    store.open(hop.parent)
    system.expand({
      successor(step, actor) {
        if (steps.length > before || step !== hop.step || actor !== hop.actor || store.find() !== hop.child) return
        steps.push(stepTaken(system, step, actor, false))
        states.push(decoder.decode())
      },
      failure() {},
    })
    if (steps.length === before) throw new SpecFault('impure', `${system.steps[hop.step]?.name} could not be taken again; ${PURITY}`)
  }
  return { states, steps }
}
