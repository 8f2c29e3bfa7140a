import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SpecFault } from '../fault.js'
import { decide, decisionOf, stateOf } from '../testing/random-decisions.js'
import { DecisionTrees } from './decision-trees.js'
import type { Read } from './recording.js'

const WORDS = 4
const UNITS = 3
/** What the nodes have room for at first. */
const FEW = 1 << 12

test('a path that was added is found for every state that has its bits, and only for those', () => {
  let largest = 0
  const decisions = fc.array(decisionOf(WORDS, 9), { minLength: UNITS, maxLength: UNITS })
  const property = fc.property(decisions, fc.array(stateOf(WORDS), { minLength: 90, maxLength: 90 }), (units, states) => {
    const trees = new DecisionTrees(UNITS)
    const known = new Set<string>()
    for (const [i, state] of states.entries()) {
      const unit = i % UNITS
      const { reads, leaf } = decide(units[unit] ?? 0, state)
      const path = JSON.stringify([unit, reads])
      expect(trees.leafOf(unit, state)).toBe(known.has(path) ? leaf : -1)
      if (!known.has(path)) trees.add(unit, reads, leaf)
      known.add(path)
      expect(trees.leafOf(unit, state)).toBe(leaf)
    }
    largest = Math.max(largest, trees.size)
    for (const [i, state] of states.entries()) {
      const { leaf } = decide(units[i % UNITS] ?? 0, state)
      expect(trees.leafOf(i % UNITS, state)).toBe(leaf)
    }
  })
  fc.assert(property, { seed: 11, numRuns: 300, endOnFailure: true })
  expect(largest).toBeGreaterThan(2 * FEW)
})

test('a unit that reads nothing has one leaf', () => {
  const trees = new DecisionTrees(2)
  trees.add(1, [], 5)
  expect([trees.leafOf(0, new Int32Array(1)), trees.leafOf(1, new Int32Array(1)), trees.size]).toEqual([-1, 5, 1])
})

const first: Read = { word: 1, shift: 4, mask: 3, value: 2 }
const second: Read = { word: 0, shift: 0, mask: 1, value: 1 }

test('children are listed by value, and the bits of a node as they were read', () => {
  const trees = new DecisionTrees(1)
  trees.add(0, [first], 7)
  trees.add(0, [{ ...first, value: 0 }, second], 8)
  const [root = 0] = trees.roots
  const [zero = 0, ...others] = trees.children(root)
  expect([trees.bitsAt(root), trees.bitsAt(zero)]).toEqual([
    { word: 1, shift: 4, mask: 3 },
    { word: 0, shift: 0, mask: 1 },
  ])
  expect([others, [...trees.children(zero)], trees.size]).toEqual([[0, ~7, 0], [0, ~8], 1 + 5 + 3])
})

test.each<[string, Read[]]>([
  ['the same reads', [first, second]],
  ['fewer reads', [first]],
  ['none', []],
  ['more reads', [first, second, first]],
  ['another word', [{ ...first, word: 0, value: 1 }]],
  ['another shift', [first, { ...second, shift: 1, value: 0 }]],
  ['another mask', [first, { ...second, mask: 3, value: 0 }]],
])('a path of %s contradicts one that is there', (_, reads) => {
  const trees = new DecisionTrees(2)
  trees.add(0, [first, second], 3)
  trees.add(1, reads, 3)
  let fault: unknown
  try {
    trees.add(0, reads, 3)
  } catch (error) {
    fault = error
  }
  expect(fault).toBeInstanceOf(SpecFault)
  expect(fault).toMatchObject({ kind: 'impure' })
})
