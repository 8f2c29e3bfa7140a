/** The states of a scenario, seen through some of its variables: those that look the same are one. */
import type { ReachableGraph, Scenario, TraceState } from '../../checker/index.js'
import { notable } from '../report/start.js'
import { valuesOf } from '../report/variables.js'
import { type DrawnGraph, GraphBuilder } from './drawn-graph.js'

/** Steps that change nothing of what is seen are not drawn. */
export function quotient(scenario: Scenario, { states, steps, initial }: ReachableGraph, through: readonly string[]): DrawnGraph {
  const builder = new GraphBuilder()
  const starts = new Set(initial)
  const ids = states.map((state, i) => {
    const id = lookOf(scenario, state, through)
    builder.node(id, { label: id, ...(starts.has(i) && { mark: 'start' as const }) })
    return id
  })
  for (const [from, out] of steps.entries()) {
    for (const { step, to } of out) {
      const [before, after] = [ids[from] ?? '', ids[to] ?? '']
      if (before !== after) builder.transition(before, after, step.step)
    }
  }
  return builder.build()
}

/** What is not as it starts anyway: `turn = 2, c[1] = true`. */
function lookOf(scenario: Scenario, { variables }: TraceState, through: readonly string[]): string {
  const chosen = valuesOf(variables).filter(([path]) => through.includes(String(path[0])))
  const seen = notable(scenario, undefined, chosen, 0)
  return seen.length === 0 ? 'all as it starts' : seen.join(', ')
}
