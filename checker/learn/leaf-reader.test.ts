import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Decision, decide, decisionOf, stateOf } from '../testing/random-decisions.js'
import { DecisionTrees } from './decision-trees.js'
import { compileLeafOf, LeafReader } from './leaf-reader.js'

const WORDS = 3
const LEAVES = 12
/** More often than a tree is asked before it is compiled. */
const OFTEN = 1 << 15

function learn(trees: DecisionTrees, unit: number, decision: Decision, state: Int32Array): void {
  if (trees.leafOf(unit, state) >= 0) return
  const { reads, leaf } = decide(decision, state)
  trees.add(unit, reads, leaf)
}

test('compiled trees answer what the walked ones do, in states that they cover or not', () => {
  const answers = { seen: 0, unseen: 0 }
  const units = fc.array(decisionOf(WORDS, LEAVES), { minLength: 1, maxLength: 3 })
  const states = fc.array(stateOf(WORDS), { minLength: 60, maxLength: 60 })
  const property = fc.property(units, states, (decisions, list) => {
    const trees = new DecisionTrees(decisions.length)
    for (const [unit, decision] of decisions.entries()) {
      for (const state of list.slice(0, 30)) learn(trees, unit, decision, state)
      const leafOf = compileLeafOf(trees, unit)
      for (const state of list) {
        const leaf = leafOf(state)
        expect(leaf).toBe(trees.leafOf(unit, state))
        answers[leaf < 0 ? 'unseen' : 'seen']++
      }
    }
  })
  fc.assert(property, { seed: 27, numRuns: 150, endOnFailure: true })
  expect(Math.min(answers.seen, answers.unseen)).toBeGreaterThan(1000)
})

test('a tree that is too long for one function is compiled whole', () => {
  const wide: Decision = { word: 0, shift: 0, width: 8, children: Array.from({ length: 256 }, (_, i) => i + 4000) }
  const long: Decision = { word: 1, shift: 0, width: 3, children: [wide, 1, 0, wide, wide, 2, 3, wide] }
  const trees = new DecisionTrees(1)
  const states = Array.from({ length: 2048 }, (_, i) => Int32Array.of(i >>> 3, i & 7, 0))
  for (const state of states) learn(trees, 0, long, state)
  const leafOf = compileLeafOf(trees, 0)
  for (const state of states) expect(leafOf(state)).toBe(decide(long, state).leaf)
})

test('a reader that is asked often finds what was added before it was compiled, and after', () => {
  const decision: Decision = { word: 0, shift: 0, width: 8, children: [3, 1, 4, 1] }
  const trees = new DecisionTrees(1)
  const reader = new LeafReader(trees, 0)
  learn(trees, 0, decision, Int32Array.of(2))
  for (let i = 0; i < OFTEN; i++) expect(reader.leafOf(Int32Array.of(2))).toBe(4)
  expect(reader.leafOf(Int32Array.of(3))).toBe(-1)
  learn(trees, 0, decision, Int32Array.of(3))
  for (let i = 0; i < OFTEN; i++) expect(reader.leafOf(Int32Array.of(3))).toBe(1)
})
