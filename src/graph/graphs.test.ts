import { describe, expect, test } from 'vitest'
import { explore, reachable, type Scenario, type Violated } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { controlFlow } from './control-flow.js'
import { neighbourhood } from './neighbourhood.js'
import { quotient } from './quotient.js'

const scenarioOf = (id: string): Scenario => scenarios.find((s) => s.id === `classics/${id}`) as Scenario
const wholeOf = (id: string) => {
  const [scenario, graph] = [scenarioOf(id), reachable(scenarioOf(id), 10_000)]
  if (graph === undefined) throw new Error(`${id} is too large`)
  return { scenario, graph }
}

test('the control flow has the steps of each kind of process, and what leads from one to another', () => {
  const { scenario, graph } = wholeOf('peterson-2')
  const flow = controlFlow(scenario, graph)
  expect(flow.nodes()).toEqual(['a0', 'a1', 'a2', 'a3', 'cs', 'a4'].map((label) => `proc/peterson.${label}`))
  expect(flow.mapDirectedEdges((_, __, from, to) => `${from.slice(-2)}>${to.slice(-2)}`)).toEqual([
    'a0>a1',
    'a1>a2',
    'a2>a3',
    'a3>cs',
    'cs>a4',
    'a4>a0',
  ])
  expect(flow.filterNodes((_, { mark }) => mark === 'start')).toEqual(['proc/peterson.a0'])
})

describe('the states through some variables', () => {
  const { scenario, graph } = wholeOf('peterson-2')

  test('are as many as there are values, and each step between two of them is there', () => {
    const seen = graph.states.map(({ variables }) => String(variables.get('turn')))
    const moves = graph.steps.flatMap((out, from) =>
      out.filter(({ to }) => seen[from] !== seen[to]).map(({ step, to }) => [seen[from], seen[to], step.step].join()),
    )
    const drawn = quotient(scenario, graph, ['turn'])
    expect([drawn.order, drawn.size]).toEqual([new Set(seen).size, new Set(moves).size])
    expect(drawn.mapDirectedEdges((_, { label }, from, to) => `${from} > ${to}: ${label}`)).toEqual([
      `turn = 1 > turn = 2: peterson.a2 (${moves.filter((move) => move.startsWith('1,2')).length})`,
      `turn = 2 > turn = 1: peterson.a2 (${moves.filter((move) => move.startsWith('2,1')).length})`,
    ])
  })

  test('are all states, where all variables and places decide', () => {
    const { scenario: jugs, graph: states } = wholeOf('die-hard-5-3-all-states')
    expect(quotient(jugs, states, Object.keys(jugs.spec.state.fields as object)).order).toBe(states.states.length)
  })
})

test('the neighbourhood of a trace has its states in order, and every step that is enabled at one of them', () => {
  const id = 'peterson-2-no-wait+broken'
  const { scenario, graph } = wholeOf(id)
  const { trace } = explore(scenario).verdict as Violated
  const drawn = neighbourhood(scenario, trace)
  const places = trace.states.map(({ variables, processes }) =>
    graph.states.findIndex(
      (s) => String(s.variables) === String(variables) && String(s.processes.map((p) => p.at)) === String(processes.map((p) => p.at)),
    ),
  )
  for (const [i, step] of trace.steps.entries()) {
    const labels = drawn.mapDirectedEdges(String(i), String(i + 1), (_, { label }) => label)
    expect(labels).toEqual([expect.stringContaining(step.step)])
  }
  const enabled = places.map((place) => graph.steps[place]?.length ?? 0)
  expect(trace.states.map((_, i) => drawn.outDegree(String(i)))).toEqual(enabled)
  expect(drawn.filterNodes((_, { mark }) => mark !== undefined)).toEqual(trace.states.map((_, i) => String(i)))
})
