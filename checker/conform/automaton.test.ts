/** The automaton against the definition of what a scenario shows, on random machines. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mixedMachine, processMachine, scenarioOf } from '../testing/random-machine.js'
import { explainedBy } from '../testing/toy-conform.js'
import { reachable } from '../trace/reachable.js'
import { Automaton } from './automaton.js'
import { Follower } from './follower.js'
import type { Observation, Observer } from './observer.js'
import { PossibleSteps } from './possible-steps.js'

const ACTORS = 3

/** How many of the observations the automaton follows. */
function followed(automaton: Automaton, observations: readonly Observation[]): number {
  const follower = new Follower(automaton)
  const stop = observations.findIndex(({ label, actor }) => !follower.see(automaton.labelId(label), actor))
  return stop < 0 ? observations.length : stop
}

/** A run of the scenario as it is seen, drawn; its actors are the processes, or, now and then, somebody else. */
function drawObservations(observer: Observer, numbers: readonly number[]): Observation[] {
  const possible = new PossibleSteps(observer)
  const starts = possible.initial()
  let [row] = starts
  const seen: Observation[] = []
  for (const number of numbers) {
    const steps = row === undefined ? [] : possible.from(row)
    const step = steps[number % Math.max(1, steps.length)]
    if (step === undefined) break
    row = step.to
    if (step.label === undefined) continue
    const isOdd = number % 11 === 0
    seen.push({ label: number % 13 === 0 ? 'l1' : step.label, actor: isOdd ? number % ACTORS : step.process })
  }
  return seen
}

describe.each([
  ['processes', processMachine],
  ['actions and processes', mixedMachine],
])('on random machines of %s', (_, machine) => {
  test('the automaton follows as much as the definition says', { timeout: 200_000 }, () => {
    const lengths: number[] = []
    const shortened: number[] = []
    const numbers = fc.array(fc.nat(1000), { minLength: 4, maxLength: 12 })
    const property = fc.property(
      machine,
      fc.array(numbers, { minLength: 2, maxLength: 3 }),
      fc.integer({ min: 4, max: 7 }),
      (plan, runs, hidden) => {
        const subject = scenarioOf(plan)
        if (reachable(subject, 30) === undefined) return
        const observer: Observer = {
          scenario: subject,
          // Each random machine has this variable.
          shows: (s) => Number((s as { few: number }).few),
          label: (step, before, after) =>
            (step.length + before + after) % 7 < hidden ? `l${(step.charCodeAt(1) + after) % 4}` : undefined,
        }
        const automaton = new Automaton(observer)
        const explained = explainedBy(observer)
        for (const run of runs) {
          const observations = drawObservations(observer, run)
          const expected = explained(observations)
          expect(followed(automaton, observations)).toBe(expected)
          lengths.push(expected)
          if (expected < observations.length) shortened.push(expected)
        }
      },
    )
    fc.assert(property, { seed: 20_261_126, numRuns: 30, endOnFailure: true })
    expect(lengths.filter((n) => n >= 3).length).toBeGreaterThan(5)
    expect(shortened.length).toBeGreaterThan(2)
  })
})
