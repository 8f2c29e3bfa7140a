/**
 * The counterexample that is shown: among the shortest behaviours to any of the targets, the one with the fewest switches between
 * processes, and among those the first in order of declaration. No order of exploration enters into it.
 *
 * The depths of the search are walked back from the targets, expanding each state again to find every step into the part that
 * leads to a target: at most the time of the search once more, and memory for that part alone.
 */
import type { Sink, System } from '../machine/system.js'
import type { Store } from '../store/store.js'
import { StateDecoder } from './decode-state.js'
import type { Trace, TraceState, TraceStep } from './trace.js'
import { traceStep } from './trace-step.js'

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

/** A step on the way, and the fewest switches from it to a target. */
interface Link extends Edge {
  /** The state that it leads to; -1 for a target step. */
  readonly child: number
  readonly switches: number
  readonly target: number | undefined
}

/** @param depthStarts id of the first state at each depth */
export function shortestTrace(system: System, store: Store, depthStarts: readonly number[], targets: Targets): Hit {
  let depth = depthOf(depthStarts, targets.states[0] ?? -1)
  const lastDepth = depth >= 0 ? depth : depthOf(depthStarts, targets.edges[0]?.parent ?? 0) + 1
  /** For each state on the way, its first step with the fewest switches, by the process that came before it. */
  const onward = new Map<number, readonly Link[]>()
  let wanted: Set<number> = new Set(targets.states)
  for (depth = lastDepth - 1; depth >= 0; depth--) {
    const edges = depth === lastDepth - 1 ? targets.edges : []
    const links = linksInto(system, store, depthStarts, depth, wanted, edges, onward)
    for (const [parent, out] of links) onward.set(parent, out)
    wanted = new Set(links.keys())
  }
  return follow(system, store, lastDepth === 0 ? firstOf(targets.states) : firstOf([...wanted]), onward, targets)
}

/** The steps from one depth into the wanted states of the next, by the state that they leave. */
function linksInto(
  system: System,
  store: Store,
  depthStarts: readonly number[],
  depth: number,
  wanted: ReadonlySet<number>,
  edges: readonly Edge[],
  onward: ReadonlyMap<number, readonly Link[]>,
): Map<number, Link[]> {
  const links = new Map<number, Link[]>()
  const add = (link: Link): void => {
    const out = links.get(link.parent)
    if (out === undefined) links.set(link.parent, [link])
    else out.push(link)
  }
  for (const [target, edge] of edges.entries()) add({ ...edge, child: -1, switches: 0, target })
  if (wanted.size > 0) {
    for (let id = depthStarts[depth] ?? 0; id < (depthStarts[depth + 1] ?? 0); id++) {
      store.read(id, system.current)
      expandInto(system, store, id, wanted, onward, add)
    }
  }
  const isProcess = (link: Link): number => Number(link.step >= system.scenario.spec.actions.length)
  for (const out of links.values()) {
    out.sort((a, b) => isProcess(a) - isProcess(b) || a.actor - b.actor || comparePicks(a.picks, b.picks))
  }
  return new Map([...links].sort(([a], [b]) => a - b))
}

function expandInto(
  system: System,
  store: Store,
  parent: number,
  wanted: ReadonlySet<number>,
  onward: ReadonlyMap<number, readonly Link[]>,
  add: (link: Link) => void,
): void {
  const sink: Sink = {
    successor(step, actor) {
      const child = store.find(system.w)
      if (!wanted.has(child)) return
      const switches = fewestAfter(system, onward.get(child) ?? [], actor)
      add({ parent, step, actor, picks: system.choices.picks, child, switches, target: undefined })
    },
    failure() {},
  }
  system.expand(sink)
}

/** Switches from a state to its target when `actor` has just moved. */
function fewestAfter(system: System, out: readonly Link[], actor: number): number {
  return out.length === 0 ? 0 : Math.min(...out.map((link) => link.switches + switchCost(system, link, actor)))
}

/** Actions belong to no process: only a change between two processes is a switch. */
function switchCost(system: System, link: Link, actor: number | undefined): number {
  if (actor === undefined || link.step < system.scenario.spec.actions.length) return 0
  return link.actor === actor ? 0 : 1
}

/** Walks from an initial state along the best steps, and writes the trace down. */
function follow(system: System, store: Store, start: number, onward: ReadonlyMap<number, readonly Link[]>, targets: Targets): Hit {
  const decoder = new StateDecoder(system)
  const starts = [...onward.keys()].filter((id) => store.parentOf(id) === -1)
  let id = starts.reduce((best, s) => (fewest(system, onward, s) < fewest(system, onward, best) ? s : best), starts[0] ?? start)
  const states: TraceState[] = [show(system, store, decoder, id)]
  const steps: TraceStep[] = []
  let actor: number | undefined
  for (let out = onward.get(id); out !== undefined && out.length > 0; out = onward.get(id)) {
    const link = best(system, out, actor)
    const { state, failed } = take(system, store, decoder, link)
    states.push(state)
    steps.push(traceStep(system, link, failed))
    id = link.child
    actor = link.actor
    if (link.target !== undefined) return { trace: traceOf(system, states, steps), state: -1, edge: link.target }
    if (targets.states.includes(id)) break
  }
  return { trace: traceOf(system, states, steps), state: id, edge: undefined }
}

function fewest(system: System, onward: ReadonlyMap<number, readonly Link[]>, id: number): number {
  return best(system, onward.get(id) ?? [], undefined).switches
}

function best(system: System, out: readonly Link[], actor: number | undefined): Link {
  const cost = (link: Link): number => link.switches + switchCost(system, link, actor)
  return out.reduce((a, b) => (cost(b) < cost(a) ? b : a))
}

function show(system: System, store: Store, decoder: StateDecoder, id: number): TraceState {
  store.read(id, system.current)
  system.restore()
  return decoder.decode()
}

/** Takes one step again, and decodes what it leads to. */
function take(system: System, store: Store, decoder: StateDecoder, link: Edge): { state: TraceState; failed: boolean } {
  store.read(link.parent, system.current)
  let taken: { state: TraceState; failed: boolean } | undefined
  const visit = (failed: boolean, step: number, actor: number): void => {
    const isIt = step === link.step && actor === link.actor && comparePicks(system.choices.picks, link.picks) === 0
    if (isIt) taken ??= { state: decoder.decode(), failed }
  }
  system.expand({
    successor: (step, actor) => visit(false, step, actor),
    failure: (_, step, actor) => visit(true, step, actor),
  })
  if (taken === undefined) throw new Error(`step ${system.steps[link.step]?.name} could not be taken again`)
  return taken
}

function traceOf(system: System, states: TraceState[], steps: TraceStep[]): Trace {
  return { processes: system.configuration.processes.map((p) => p.name), states, steps }
}

function depthOf(depthStarts: readonly number[], id: number): number {
  return depthStarts.findLastIndex((start) => id >= start)
}

function firstOf(ids: readonly number[]): number {
  return ids[0] ?? 0
}

function comparePicks(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
