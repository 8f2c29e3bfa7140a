/** A search over representatives against one over all states: the same verdict, the same counterexample, as many states as there are orbits. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { explore } from '../explore/explore.js'
import type { Report } from '../explore/report.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { domain } from '../schema/domain.js'
import { array, bool, ref, schema } from '../schema/field.js'
import { eachMachine } from '../testing/each-machine.js'
import { symmetricPlan, symmetricSpec } from '../testing/symmetric-spec.js'
import { withoutReduction } from '../testing/without-reduction.js'
import { withoutTemporal } from '../testing/without-temporal.js'

/** Scenarios with more states take too long to explore twice. */
const MOST_STATES = 2_000
const RANDOM = { seed: 20_261_120, numRuns: 60 }

/** What must not depend on the reduction. */
function lasting({ verdict }: Pick<Report, 'verdict'>): unknown {
  return JSON.parse(JSON.stringify(verdict))
}

describe('with and without symmetry', () => {
  test.each(eachMachine(withoutTemporal(scenarios)).filter((s) => s.expect.distinct <= MOST_STATES))('$id ends alike', (scenario) => {
    const [all, orbits] = [withoutReduction(scenario), explore(scenario, { reduction: 'symmetry' })]
    expect(lasting(orbits)).toEqual(lasting(all))
    expect(orbits.distinct).toBeLessThanOrEqual(all.distinct)
  })

  test('random specs end alike', () => {
    let smaller = 0
    const property = fc.property(symmetricPlan, (plan) => {
      const scenario = symmetricSpec(plan)
      const all = explore(scenario, { maxStates: MOST_STATES })
      if (all.verdict.kind === 'incomplete') return
      const orbits = explore(scenario, { reduction: 'symmetry' })
      expect(lasting(orbits)).toEqual(lasting(all))
      if (orbits.distinct < all.distinct) smaller++
    })
    fc.assert(property, RANDOM)
    expect(smaller).toBeGreaterThan(RANDOM.numRuns / 4)
  })
})

test('a property is asked of what follows a representative, though it has only looked at another state of its orbit', () => {
  const Node = domain('node', 2, { symmetric: true })
  const { action, invariant, spec } = language(schema({ leader: ref(Node), flag: array(Node, bool) }))
  const params = { n: Node }
  const elect = action('elect', { params, guard: (s) => s.leader === 0, effect: (s, { n }) => void Object.assign(s, { leader: n }) })
  const raise = action('raise', {
    params,
    guard: (s, { n }) => s.leader === n,
    effect: (s, { n }) => void Object.assign(s.flag, { [n]: true }),
  })
  const low = invariant('Low', 'The leader raises no flag.', (s) => s.leader === 0 || !s.flag[s.leader])
  const subject = spec({ name: 's', title: '', properties: [low], actions: [elect, raise], final: () => true })
  const expected = { verdict: 'violated', distinct: 0, generated: 0, depth: 0 } as const
  const flags = scenario(subject, { name: 'x', title: '', expect: expected }) as unknown as Scenario
  expect(explore(flags, { reduction: 'symmetry' })).toMatchObject({ verdict: { kind: 'violated', property: 'Low' }, distinct: 3 })
})

test.each([
  [3, 80, 318],
  [5, 314, 2_048],
  [7, 920, 8_410],
  [8, 1_461, 15_287],
])('two-phase commit with %i resource managers has %i orbits', (n, distinct, generated) => {
  const scenario = scenarios.find((s) => s.id === `classics/two-phase-commit-${n}`)
  if (scenario === undefined) throw new Error('no such scenario')
  expect(explore(scenario, { reduction: 'symmetry' })).toMatchObject({ distinct, generated, reductions: ['symmetry'] })
})
