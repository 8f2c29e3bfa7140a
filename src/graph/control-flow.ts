/** The control flow of processes: the steps that each can be at, and which step has been seen to lead from one to another. */
import type { ReachableGraph, Scenario } from '../../checker/index.js'
import { type DrawnGraph, GraphBuilder } from './drawn-graph.js'

const RETURNED = 'has returned'

/** Processes of one name are one; a step that leads nowhere else waits, or goes round, and is not drawn. */
export function controlFlow({ run = [] }: Scenario, { states, steps, initial }: ReachableGraph): DrawnGraph {
  const builder = new GraphBuilder()
  const node = (process: number, state: number): string => {
    const name = run[process]?.name ?? ''
    const at = states[state]?.processes[process]?.at || RETURNED
    const id = `${name}/${at}`
    builder.node(id, {
      label: id,
      ...(initial.includes(state) ? { mark: 'start' as const } : at === RETURNED ? { mark: 'end' as const } : {}),
    })
    return id
  }
  for (const state of initial) for (const process of run.keys()) node(process, state)
  const seen = new Set<string>()
  for (const [from, out] of steps.entries()) {
    for (const { step, to } of out) {
      if (step.process === undefined) continue
      const [before, after] = [node(step.process, from), node(step.process, to)]
      const key = JSON.stringify([before, after])
      if (before !== after && !seen.has(key)) builder.transition(before, after, '')
      seen.add(key)
    }
  }
  return builder.build()
}
