import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { System } from '../machine/system.js'
import { quotient, reachableOrbits, walk } from '../testing/quotient.js'
import { symmetricPlan, symmetricSpec } from '../testing/symmetric-spec.js'
import { type Symmetry, symmetryOf } from './symmetry.js'
import { SymmetryAudit } from './symmetry-audit.js'

/** Larger random specs are passed over. */
const MOST_STATES = 300
const LEAST = { specs: 250, 'ten representatives or more': 70, 'several processes': 120 }

function subject(id: string): { readonly system: System; readonly symmetry: Symmetry } {
  const scenario = scenarios.find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  const system = new System(scenario)
  const symmetry = symmetryOf(system)
  if (symmetry === undefined) throw new Error(`${id} declares no symmetry`)
  return { system, symmetry }
}

test.each([
  [3, 80, 318],
  [5, 314, 2_048],
  [7, 920, 8_410],
  [8, 1_461, 15_287],
])('two-phase commit with %i resource managers', (n, distinct, generated) => {
  const { system, symmetry } = subject(`classics/two-phase-commit-${n}`)
  expect(quotient(system, symmetry)).toEqual({ distinct, generated })
})

describe('a search over representatives meets every orbit once', () => {
  test.each([
    ['classics/two-phase-commit-5', 314],
    ['classics/transaction-commit-3', 13],
    ['classics/async-termination-detection-4', 331],
    ['classics/simple-allocator-3-2', 50],
    ['classics/readers-writers-3', 3_601],
    ['classics/peterson-2', 21],
    ['classics/filter-lock-4', 761],
    ['vswap/reclaim-vs-reclaim', 209],
    ['vswap/swapin-vs-reclaim', 4_815],
    ['vswap/swapcache-vs-zap', 661],
  ])('%s', (id, orbits) => {
    const { system, symmetry } = subject(id)
    expect(quotient(system, symmetry).distinct).toBe(orbits)
    expect(reachableOrbits(system, symmetry)).toBe(orbits)
  })
})

test('a scenario that declares nothing symmetric has no symmetry', () => {
  const scenario = scenarios.find((s) => s.id === 'classics/ewd840-3')
  expect(scenario && symmetryOf(new System(scenario))).toBeUndefined()
})

test('so it does for random specs that are symmetric by construction, and the audit agrees', { timeout: 100_000 }, () => {
  const met = { specs: 0, 'ten representatives or more': 0, 'several processes': 0 }
  const property = fc.property(symmetricPlan, (plan) => {
    const system = new System(symmetricSpec(plan))
    const symmetry = symmetryOf(system)
    if (symmetry === undefined) throw new Error('no symmetry')
    const audit = new SymmetryAudit(system, symmetry)
    const canonical = (w: Int32Array, into: Int32Array): void => symmetry.canonical(w, into)
    const { states } = walk(system, canonical, () => audit.check(), MOST_STATES)
    if (states.length > MOST_STATES) return
    expect(states.length).toBe(reachableOrbits(system, symmetry))
    met.specs++
    if (states.length >= 10) met['ten representatives or more']++
    if (plan.processes > 1) met['several processes']++
  })
  fc.assert(property, { seed: 20_261_120, numRuns: 300 })
  for (const [what, least] of Object.entries(LEAST)) expect(met[what as keyof typeof met], what).toBeGreaterThanOrEqual(least)
})
