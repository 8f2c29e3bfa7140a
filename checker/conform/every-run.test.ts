/** Every run of random machines, seen by somebody who knows the machine, and by somebody who knows all of its steps but one. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Scenario } from '../machine/scenario.js'
import { processMachine, scenarioOf } from '../testing/random-machine.js'
import { reachable } from '../trace/reachable.js'
import { Automaton } from './automaton.js'
import { followEveryRun } from './every-run.js'

const MOST = 60
const OTHER = 'something else'

function followedBy(scenario: Scenario, unknown?: string) {
  const automaton = new Automaton({ scenario, shows: () => 0, label: (step) => (step === unknown ? OTHER : step) })
  const seen = (step: string) => [{ label: step, steps: [step] }]
  return followEveryRun({ scenario, shows: () => 0, beginning: () => [], seen }, automaton)
}

test('all runs are followed; where one step is unknown, those that take it are not', () => {
  let refused = 0
  const property = fc.property(processMachine, (plan) => {
    const scenario = scenarioOf(plan)
    const graph = reachable(scenario, MOST)
    if (graph === undefined) return
    const steps = [...new Set(graph.steps.flat().map(({ step }) => step.step))]
    const known = followedBy(scenario)
    expect(known.unfollowed).toBeUndefined()
    expect(known.states).toBeGreaterThanOrEqual(graph.states.length)
    expect([...known.steps].sort()).toEqual(steps.map((step) => `${step}: ${step}`).sort())
    for (const step of steps) {
      const { unfollowed } = followedBy(scenario, step)
      expect(unfollowed?.seen.at(-1)).toMatch(new RegExp(`^\\d ${step}: ${step}$`))
      expect(unfollowed?.allowed.some((allowed) => allowed.endsWith(OTHER))).toBe(true)
      refused++
    }
  })
  fc.assert(property, { seed: 20_261_126, numRuns: 40, endOnFailure: true })
  expect(refused).toBeGreaterThan(50)
})
