/** A trace, and what else could have been done at each of its states. */
import { isSameStep, type Position, type Scenario, type Trace, Walker } from '../../checker/index.js'
import { titleOf } from '../report/rows.js'
import { type DrawnGraph, GraphBuilder } from './drawn-graph.js'

/** The states of the trace are numbered from 0; a step aside leads back to one of them, or to a state that has no number. */
export function neighbourhood(scenario: Scenario, trace: Trace): DrawnGraph {
  const walker = new Walker(scenario)
  const way = walker.along(trace).map(({ at }) => at)
  const builder = new GraphBuilder()
  const names = new Map(way.map(({ words }, i) => [words.join(), String(i)]).reverse() as [string, string][])
  const named = (position: Position): string => {
    const key = position.words.join()
    const name = names.get(key) ?? `aside ${names.size}`
    names.set(key, name)
    return name
  }
  for (const [i, position] of way.entries()) {
    builder.node(named(position), { label: named(position), mark: i === 0 ? 'start' : i === way.length - 1 ? 'end' : 'way' })
  }
  for (const [i, position] of way.entries()) {
    for (const { step, to } of walker.from(position)) {
      const isOnTheWay = trace.steps[i] !== undefined && isSameStep(step, trace.steps[i])
      const next = isOnTheWay ? named(way[i + 1] ?? to) : named(to)
      builder.node(next, { label: '' })
      const who = step.process === undefined ? '' : `${trace.processes[step.process]}: `
      builder.transition(named(position), next, `${who}${titleOf(step)}`)
    }
  }
  return builder.build()
}
