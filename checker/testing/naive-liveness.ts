/**
 * Liveness by its definition, for graphs of a few nodes. A behaviour ends in a set of nodes that it visits again and again, each of which leads
 * to each other within the set; of all behaviours with that set, one that takes every step in it again and again breaks the least fairness. So
 * a property is violated if some set that a way leads to is fair, and is not what the property wants. All sets are tried.
 */
import type { GraphPlan } from './random-graph.js'

interface Edge {
  readonly from: number
  readonly to: number
  readonly action: number
}

export function isViolated(plan: GraphPlan): boolean {
  const edges = plan.actions
    .flatMap((list, action) => list.map(([from, to]): Edge => ({ from, to, action })))
    .filter((e) => e.from !== e.to)
  const all = Array.from({ length: plan.nodes }, (_, node) => node)
  const reached = closure(plan.initial, edges, () => true)
  const starts = startsOf(plan, reached)
  const isIn = scopeOf(plan)
  const near = closure(starts.filter(isIn), edges, isIn)
  for (let set = 1; set < 2 ** plan.nodes; set++) {
    const nodes = all.filter((node) => (set >> node) & 1)
    const isWanted = plan.form !== 'eventuallyAlways' || nodes.some((n) => plan.holds[n] !== true)
    if (isWanted && nodes.every((n) => near.has(n)) && isConnected(nodes, edges) && isFair(plan, nodes, edges)) return true
  }
  return false
}

/** Is there a fair behaviour at all? */
export function hasFairBehaviour(plan: GraphPlan): boolean {
  return isViolated({ ...plan, form: 'alwaysEventually', holds: [] })
}

/** Where a violation may start. */
function startsOf(plan: GraphPlan, reached: ReadonlySet<number>): number[] {
  if (plan.form === 'eventually') return [...plan.initial]
  return [...reached].filter((n) => plan.form !== 'leadsTo' || plan.when[n] === true)
}

/** Where a violation has to stay. */
function scopeOf({ form, holds }: GraphPlan): (node: number) => boolean {
  return form === 'eventuallyAlways' ? () => true : (node) => holds[node] !== true
}

function closure(starts: readonly number[], edges: readonly Edge[], isIn: (node: number) => boolean): Set<number> {
  const seen = new Set(starts)
  for (const node of seen) for (const e of edges) if (e.from === node && isIn(e.to)) seen.add(e.to)
  return seen
}

function isConnected(nodes: readonly number[], edges: readonly Edge[]): boolean {
  return nodes.every((n) => closure([n], edges, (to) => nodes.includes(to)).size === nodes.length)
}

function isFair({ fair, again }: GraphPlan, nodes: readonly number[], edges: readonly Edge[]): boolean {
  if (!again.every((flags) => nodes.some((n) => flags[n] === true))) return false
  return fair.every(({ isStrong, actions }) => {
    const own = edges.filter((e) => actions.includes(e.action))
    const isEnabled = (node: number): boolean => own.some((e) => e.from === node)
    const isTaken = own.some((e) => nodes.includes(e.from) && nodes.includes(e.to))
    return isTaken || (isStrong ? !nodes.some(isEnabled) : !nodes.every(isEnabled))
  })
}
