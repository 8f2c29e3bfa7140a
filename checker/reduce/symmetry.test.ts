import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { System } from '../machine/system.js'
import { quotient, reachableOrbits } from '../testing/quotient.js'
import { type Symmetry, symmetryOf } from './symmetry.js'

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
    ['vswap/reclaim-vs-reclaim', 158],
    ['vswap/swapin-vs-reclaim', 2_281],
    ['vswap/swapcache-vs-zap', 764],
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
