/**
 * The counterexample that is shown: among the shortest behaviours to any of the targets, the one with the fewest switches between
 * processes, and among those the first in order of declaration. No order of exploration enters into it.
 *
 * The depths of the search are walked back from the targets, expanding each state again to find every step into the part that
 * leads to a target: at most the time of the search once more, and memory for that part alone.
 */

import type { Levels } from '../explore/levels.js'
import { SpecFault } from '../fault.js'
import { PURITY, type Sink, type System } from '../machine/system.js'
import type { StateTree } from '../store/state-tree.js'
import { StateDecoder } from './decode-state.js'
import { type Onward, type ProcessIndex, Switches } from './switches.js'
import type { Trace, TraceState, TraceStep } from './trace.js'
import { stepTaken } from './trace-step.js'

/** A step out of a state. */
export interface Edge {
  readonly parent: number
  readonly step: number
  readonly actor: number
  readonly picks: readonly number[]
}

/** What a trace may end in: states of one depth, and steps out of states of the depth before. */
export interface Targets {
  readonly states: readonly number[]
  readonly edges: readonly Edge[]
}

export interface Hit {
  readonly trace: Trace
  /** The state that the trace ends in, unless it ends in a step of `Targets.edges`: then -1. */
  readonly state: number
  /** Index into `Targets.edges`. */
  readonly edge: number | undefined
}

/** A step on the way; the child of a target step is -1. */
interface Link extends Edge, Onward {
  readonly target: number | undefined
}

/** For each state on the way, its steps towards a target, in order of declaration. */
type Ways = Map<number, readonly Link[]>

/** Yields often, as a search does. */
export function* shortestTrace(system: System, store: StateTree, levels: Levels, targets: Targets): Generator<undefined, Hit> {
  let depth = levels.indexOf(targets.states[0] ?? -1)
  const lastDepth = depth >= 0 ? depth : levels.indexOf(targets.edges[0]?.parent ?? 0) + 1
  const ways: Ways = new Map()
  const switches = new Switches(system.processes.length)
  let wanted: Set<number> = new Set(targets.states)
  for (depth = lastDepth - 1; depth >= 0; depth--) {
    const edges = depth === lastDepth - 1 ? targets.edges : []
    const links = yield* linksInto(system, store, levels, depth, wanted, edges)
    for (const [parent, out] of links) {
      ways.set(parent, out)
      switches.note(parent, out)
    }
    wanted = new Set(links.keys())
  }
  return follow(system, store, levels, ways, switches, targets)
}

/** The steps from one depth into the wanted states of the next, by the state that they leave. */
function* linksInto(
  system: System,
  store: StateTree,
  levels: Levels,
  depth: number,
  wanted: ReadonlySet<number>,
  edges: readonly Edge[],
): Generator<undefined, Map<number, Link[]>> {
  const links = new Map<number, Link[]>()
  const add = (link: Link): void => {
    const out = links.get(link.parent)
    if (out === undefined) links.set(link.parent, [link])
    else out.push(link)
  }
  for (const [target, edge] of edges.entries()) add({ ...edge, process: processOf(system, edge), child: -1, target })
  if (wanted.size > 0) {
    for (const id of levels.idsAt(depth)) {
      store.open(id)
      expandInto(system, store, id, wanted, add)
      yield
    }
  }
  for (const out of links.values()) {
    out.sort((a, b) => a.process - b.process || a.actor - b.actor || comparePicks(a.picks, b.picks))
  }
  return new Map([...links].sort(([a], [b]) => a - b))
}

function expandInto(system: System, store: StateTree, parent: number, wanted: ReadonlySet<number>, add: (link: Link) => void): void {
  const sink: Sink = {
    successor(step, actor) {
      const child = store.find()
      if (!wanted.has(child)) return
      const edge = { parent, step, actor, picks: system.choices.picks }
      add({ ...edge, process: processOf(system, edge), child, target: undefined })
    },
    failure() {},
  }
  system.expand(sink)
}

function processOf(system: System, { step, actor }: Edge): ProcessIndex {
  return step < system.scenario.spec.actions.length ? -1 : actor
}

/** Walks from an initial state along the best steps, and writes the trace down. */
function follow(system: System, store: StateTree, levels: Levels, ways: Ways, switches: Switches, targets: Targets): Hit {
  const decoder = new StateDecoder(system)
  const starts = [...levels.idsAt(0)].filter((s) => ways.has(s) || targets.states.includes(s))
  let id = firstLeast(starts, (s) => switches.at(s, -1)) ?? -1
  const states: TraceState[] = [show(system, store, decoder, id)]
  const steps: TraceStep[] = []
  let last = -1
  for (let link = bestOf(ways, switches, id, last); link !== undefined; link = bestOf(ways, switches, id, last)) {
    const { state, step } = take(system, store, decoder, link)
    states.push(state)
    steps.push(step)
    id = link.child
    if (link.process !== -1) last = link.process
    if (link.target !== undefined) return { trace: traceOf(system, states, steps), state: -1, edge: link.target }
    if (targets.states.includes(id)) break
  }
  return { trace: traceOf(system, states, steps), state: id, edge: undefined }
}

function bestOf(ways: Ways, switches: Switches, id: number, last: ProcessIndex): Link | undefined {
  return firstLeast(ways.get(id) ?? [], (link) => switches.from(link, last))
}

function firstLeast<T>(list: readonly T[], cost: (item: T) => number): T | undefined {
  return list.length === 0 ? undefined : list.reduce((a, b) => (cost(b) < cost(a) ? b : a))
}

function show(system: System, store: StateTree, decoder: StateDecoder, id: number): TraceState {
  store.open(id)
  system.view.load()
  return decoder.decode()
}

/** Takes one step again, and decodes what it leads to. */
function take(system: System, store: StateTree, decoder: StateDecoder, link: Edge): { state: TraceState; step: TraceStep } {
  store.open(link.parent)
  let taken: { state: TraceState; step: TraceStep } | undefined
  const visit = (failed: boolean, step: number, actor: number): void => {
    const isIt = step === link.step && actor === link.actor && comparePicks(system.choices.picks, link.picks) === 0
    if (isIt) taken ??= { state: decoder.decode(), step: stepTaken(system, step, actor, failed) }
  }
  system.expand({
    successor: (step, actor) => visit(false, step, actor),
    failure: (_, step, actor) => visit(true, step, actor),
  })
  if (taken === undefined) throw new SpecFault('impure', `${system.steps[link.step]?.name} could not be taken again; ${PURITY}`)
  return taken
}

function traceOf(system: System, states: TraceState[], steps: TraceStep[]): Trace {
  return { processes: system.configuration.processes.map((p) => p.name), states, steps }
}

function comparePicks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
