import { expect, test } from 'vitest'
import { explore, type Scenario } from '../checker/index.js'
import { scenarios } from '../specs/index.js'
import { simulate } from './simulation.js'

function find(name: string): Scenario {
  const found = scenarios.find((s) => s.name === name)
  if (found === undefined) throw new Error(`no scenario ${name}`)
  return found
}

test.each(['die-hard-5-3', 'peterson-2-no-wait+broken', 'swap-device-null+rfc-v2'])(
  '%s: what is found is shrunk, and shows the violation',
  (name) => {
    const scenario = find(name)
    const { failure } = simulate(scenario, { seed: 7, runs: 500, maxDepth: 200 })
    const { verdict } = explore(scenario)
    if (failure === undefined || verdict.kind !== 'violated') throw new Error('nothing went wrong')
    expect(failure.verdict).toMatchObject({ kind: 'violated', property: verdict.property })
    expect(failure.trace.steps.length).toBeLessThanOrEqual(failure.found)
    expect(failure.trace.steps.length).toBeGreaterThanOrEqual(verdict.trace.steps.length)
  },
)

test('the shrunk trace of a jug that is filled and emptied at random is the shortest there is', () => {
  const { failure } = simulate(find('die-hard-5-3'), { seed: 1, runs: 500, maxDepth: 200 })
  expect(failure).toMatchObject({ found: 95, tried: 70 })
  expect(failure?.trace.steps).toHaveLength(6)
})

test('the same seed gives the same, and another seed something else', () => {
  const options = { runs: 5, maxDepth: 50 }
  const [one, again, other] = [3, 3, 4].map((seed) => simulate(find('peterson-2'), { ...options, seed }))
  expect(again).toEqual(one)
  expect(other?.coverage).not.toEqual(one?.coverage)
})

test('counts what was done where nothing goes wrong', () => {
  const simulation = simulate(find('peterson-2'), { seed: 1, runs: 5, maxDepth: 50 })
  expect(simulation).toMatchObject({ runs: 5, finished: 0, steps: 250 })
  expect(Object.values(simulation.coverage).reduce((a, b) => a + b)).toBe(250)
})
