/** The canonical form against all permutations, on random states. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { System } from '../machine/system.js'
import { Draw } from '../testing/draw.js'
import { everyPermutation, renamingOf } from '../testing/every-permutation.js'
import { actionMachine, mixedMachine, processMachine } from '../testing/random-machine.js'
import { Picture, unchanged } from '../testing/renamed-state.js'
import { someStates, symmetricScenario } from '../testing/symmetric-machine.js'
import { type Symmetry, symmetryOf } from './symmetry.js'

const SEED = 20_261_120
const RUNS = 80
/** Larger groups take too long, and are passed over. */
const MOST_PERMUTATIONS = 150
const MOST_STATES = 8
/** Of the machines of each sort: how many were looked at, how many states shared an orbit with another, how many families there were. */
const LEAST = { machines: 40, shared: 60, families: 50 }

const choices = fc.gen().map((g) => {
  const draw = new Draw(g)
  const symmetric = ['two', 'three', 'few'].filter(() => draw.chance(60))
  return { symmetric, threads: draw.from(['', 'two', 'three', 'few']), seed: draw.int(1, 2 ** 30) }
})

/** Whom the permutations of a state are compared with. */
const FEW = 12

test.each([
  { sort: 'actions', machine: actionMachine },
  { sort: 'processes', machine: processMachine },
  { sort: 'actions and processes', machine: mixedMachine },
])('as many representatives as orbits, for random machines of $sort', { timeout: 200_000 }, ({ machine }) => {
  const met = { machines: 0, shared: 0, families: 0 }
  const property = fc.property(machine, choices, (plan, { symmetric, threads, seed }) => {
    const system = new System(symmetricScenario(plan, symmetric, threads))
    const symmetry = symmetryOf(system)
    if (symmetry === undefined || orderOf(symmetry) > MOST_PERMUTATIONS) return
    const states = someStates(system, seed, MOST_STATES)
    const orbits = new Map<string, string>()
    for (const state of states) {
      const representative = canonical(symmetry, state)
      const orbit = checkOrbit(system, symmetry, state, representative)
      expect(orbits.get(orbit) ?? representative).toBe(representative)
      orbits.set(orbit, representative)
    }
    expect(new Set(orbits.values()).size).toBe(orbits.size)
    met.machines++
    met.shared += states.length - orbits.size
    met.families += symmetry.families.length
  })
  fc.assert(property, { seed: SEED, numRuns: RUNS })
  for (const [what, least] of Object.entries(LEAST)) expect(met[what as keyof typeof met], what).toBeGreaterThanOrEqual(least)
})

/** Checks one state against every permutation; answers a text that all members of its orbit, and no others, have. */
function checkOrbit(system: System, symmetry: Symmetry, state: Int32Array, representative: string): string {
  const picture = new Picture(system, state)
  const moved = new Int32Array(system.words)
  const texts = everyPermutation(symmetry.families).map((image, i) => {
    const text = picture.text(renamingOf(symmetry.families, image))
    symmetry.permute(image, state, moved)
    if (i < FEW) expect(new Picture(system, moved).text(unchanged)).toBe(text)
    expect(canonical(symmetry, moved)).toBe(representative)
    return text
  })
  const chosen = new Picture(system, Int32Array.from(representative.split(','), Number))
  expect(texts).toContain(chosen.text(unchanged))
  return texts.reduce((a, b) => (a < b ? a : b))
}

function canonical(symmetry: Symmetry, state: Int32Array): string {
  const into = new Int32Array(state.length)
  symmetry.canonical(state, into)
  return String(into)
}

function orderOf({ families }: Symmetry): number {
  return families.reduce((product, f) => f.ids.reduce((p, _, i) => p * (i + 1), product), 1)
}
