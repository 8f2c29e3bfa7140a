/** A search with partial-order reduction against one without: the same verdict, and never more states. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import type { Scenario } from '../machine/scenario.js'
import { eachMachine } from '../testing/each-machine.js'
import { mixedMachine, processMachine, scenarioOf } from '../testing/random-machine.js'
import { withoutReduction } from '../testing/without-reduction.js'
import { withoutTemporal } from '../testing/without-temporal.js'
import { explore } from './explore.js'
import type { Report } from './report.js'

/** Scenarios with more states take too long to explore twice. */
const MOST_STATES = 2_000
const MOST_RANDOM = 2_000
const RANDOM = { seed: 20_261_120, numRuns: 150, endOnFailure: true }

/** What must not depend on the reduction. */
function lasting({ verdict }: Pick<Report, 'verdict'>): unknown {
  return JSON.parse(JSON.stringify(verdict))
}

function compare(scenario: Scenario): number {
  const all = explore(scenario, { maxStates: MOST_RANDOM })
  if (all.verdict.kind === 'incomplete') return 0
  const reduced = explore(scenario, { reduction: 'partial-order' })
  expect(lasting(reduced)).toEqual(lasting(all))
  expect(reduced.distinct).toBeLessThanOrEqual(all.distinct)
  return reduced.distinct < all.distinct ? 1 : 0
}

describe('with and without partial-order reduction', () => {
  test.each(eachMachine(withoutTemporal(scenarios)).filter((s) => s.expect.distinct <= MOST_STATES))('$id ends alike', (scenario) => {
    const [all, reduced] = [withoutReduction(scenario), explore(scenario, { reduction: 'partial-order' })]
    expect(lasting(reduced)).toEqual(lasting(all))
    expect(reduced.distinct).toBeLessThanOrEqual(all.distinct)
  })

  test.each([
    ['processes', processMachine],
    ['actions and processes', mixedMachine],
  ])('random machines of %s end alike', (_, machine) => {
    let smaller = 0
    fc.assert(
      fc.property(machine, (plan) => {
        smaller += compare(scenarioOf(plan))
      }),
      RANDOM,
    )
    expect(smaller).toBeGreaterThan(5)
  })
})

test('steps that touch nothing in common are taken in one order', () => {
  const fork = scenarios.find((s) => s.id === 'vswap/fork-vs-fork')
  if (fork === undefined) throw new Error('no such scenario')
  expect(explore(fork, { reduction: 'partial-order' })).toMatchObject({ distinct: 91, reductions: ['partial-order'] })
})
