/**
 * Liveness by its definition, for small graphs. A behaviour ends in a set of nodes that it visits again and again, each of which leads
 * to each other within the set; of all behaviours with that set, one that takes every step in it again and again breaks the least fairness. So
 * a property is violated if some set that a way leads to is fair, and is not what the property wants. All sets are tried.
 */
import type { TemporalForm } from '../property/property.js'

/** Nodes are numbers from 0 on. */
export interface LiveGraph {
  readonly nodes: number
  readonly initial: readonly number[]
  /** By action. */
  readonly actions: readonly (readonly GraphEdge[])[]
  readonly fair: readonly FairActions[]
  /** Sets of nodes to one of which a behaviour comes back again and again. */
  readonly again: readonly (readonly boolean[])[]
  readonly form: TemporalForm
  /** Where P holds, and Q of `leadsTo`. */
  readonly holds: readonly boolean[]
  readonly when: readonly boolean[]
}

/** From which node to which, and whether after a sleep. */
export type GraphEdge = readonly [from: number, to: number, slept?: boolean]

export interface FairActions {
  readonly isStrong: boolean
  readonly actions: readonly number[]
  /** Actions that go before: a node is left to the others if every edge of these out of it, to the node itself included, is after a sleep. */
  readonly below?: readonly number[]
  /** The nodes that are left to them even so. */
  readonly atomic?: readonly boolean[]
}

/** A graph that another refines, in which a behaviour may go anywhere; some of its edges are to be taken fairly. */
export interface AbstractGraph {
  /** For each node of the other what it is here. */
  readonly map: readonly number[]
  readonly actions: readonly (readonly GraphEdge[])[]
  readonly fair: readonly FairActions[]
}

interface Edge {
  readonly from: number
  readonly to: number
  readonly action: number
  readonly slept: boolean
}

/** Sets of more nodes take too long to try. */
const MOST_NODES = 12

/**
 * @param isAvoided edges that a violation does not take again and again
 * @returns undefined where nodes that lead to each other are too many
 */
export function isViolated(graph: LiveGraph, isAvoided: (edge: Edge) => boolean = () => false): boolean | undefined {
  const all = edgesOf(graph)
  const moves = all.filter((e) => e.from !== e.to)
  const edges = moves.filter((e) => !isAvoided(e))
  const reached = closure(graph.initial, moves, () => true)
  const isIn = scopeOf(graph)
  const near = closure(startsOf(graph, reached).filter(isIn), edges, isIn)
  const groups = groupsOf(near, edges)
  if (groups.some((g) => g.length > MOST_NODES)) return undefined
  const isWanted = (nodes: readonly number[]): boolean => graph.form !== 'eventuallyAlways' || nodes.some((n) => graph.holds[n] !== true)
  return groups.some((g) =>
    subsetsOf(g).some((nodes) => isWanted(nodes) && isFair(graph, nodes, { all, taken: edges }) && isConnected(nodes, edges)),
  )
}

/** Is some fairness of the abstract graph violated by a fair behaviour? An edge is an A there where what it leads from and to are, and differ. */
export function isUnfair(graph: LiveGraph, { map, actions, fair }: AbstractGraph): boolean | undefined {
  const answers = fair.map(({ isStrong, actions: names }) => {
    const own = names.flatMap((a) => actions[a] ?? []).filter(([from, to]) => from !== to)
    const holds = map.map((at) => !own.some(([from]) => from === at))
    const isAvoided = (e: Edge): boolean => own.some(([from, to]) => from === map[e.from] && to === map[e.to])
    return isViolated({ ...graph, form: isStrong ? 'eventuallyAlways' : 'alwaysEventually', holds }, isAvoided)
  })
  return answers.includes(undefined) ? undefined : answers.includes(true)
}

/** Is there a fair behaviour at all? */
export function hasFairBehaviour(graph: LiveGraph): boolean | undefined {
  return isViolated({ ...graph, form: 'alwaysEventually', holds: [] })
}

function edgesOf({ actions }: LiveGraph): Edge[] {
  return actions.flatMap((list, action) => list.map(([from, to, slept = false]) => ({ from, to, action, slept })))
}

/** Where a violation may start. */
function startsOf(graph: LiveGraph, reached: ReadonlySet<number>): number[] {
  if (graph.form === 'eventually') return [...graph.initial]
  return [...reached].filter((n) => graph.form !== 'leadsTo' || graph.when[n] === true)
}

/** Where a violation has to stay. */
function scopeOf({ form, holds }: LiveGraph): (node: number) => boolean {
  return form === 'eventuallyAlways' ? () => true : (node) => holds[node] !== true
}

function closure(starts: readonly number[], edges: readonly Edge[], isIn: (node: number) => boolean): Set<number> {
  const seen = new Set(starts)
  for (const node of seen) for (const e of edges) if (e.from === node && isIn(e.to)) seen.add(e.to)
  return seen
}

/** Nodes that lead to each other. */
function groupsOf(near: ReadonlySet<number>, edges: readonly Edge[]): number[][] {
  const from = new Map([...near].map((n) => [n, closure([n], edges, (to) => near.has(to))]))
  const groupOf = (n: number): number[] => [...near].filter((m) => from.get(n)?.has(m) && from.get(m)?.has(n))
  return [...near].map(groupOf).filter((group, i, all) => all.findIndex((g) => g[0] === group[0]) === i)
}

/** All but the empty one. */
function subsetsOf(nodes: readonly number[]): number[][] {
  return Array.from({ length: 2 ** nodes.length - 1 }, (_, set) => nodes.filter((_, i) => ((set + 1) >> i) & 1))
}

function isConnected(nodes: readonly number[], edges: readonly Edge[]): boolean {
  return nodes.every((n) => closure([n], edges, (to) => nodes.includes(to)).size === nodes.length)
}

/** @param edges all, and those that are taken within the nodes */
function isFair({ fair, again }: LiveGraph, nodes: readonly number[], edges: Readonly<Record<'all' | 'taken', readonly Edge[]>>): boolean {
  if (!again.every((flags) => nodes.some((n) => flags[n] === true))) return false
  return fair.every(({ isStrong, actions, below = [], atomic = [] }) => {
    const isOwn = (e: Edge): boolean => actions.includes(e.action) && e.from !== e.to
    const isEnabled = (node: number): boolean => edges.all.some((e) => isOwn(e) && e.from === node)
    const isLeft = (node: number): boolean =>
      atomic[node] === true || !edges.all.some((e) => e.from === node && below.includes(e.action) && !e.slept)
    const isTaken = edges.taken.some((e) => isOwn(e) && nodes.includes(e.from) && nodes.includes(e.to))
    const left = nodes.filter(isLeft)
    return isTaken || left.length === 0 || (isStrong ? !left.some(isEnabled) : !left.every(isEnabled))
  })
}
