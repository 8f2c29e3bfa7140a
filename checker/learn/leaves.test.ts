import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Leaves, NOTHING, type Outcome, RUN_IT } from './leaves.js'

const write = fc.record({ word: fc.nat(3), keep: fc.integer(), bits: fc.integer() })
const outcome: fc.Arbitrary<Outcome> = fc.record({ step: fc.nat(20), actor: fc.nat(20), writes: fc.array(write, { maxLength: 5 }) })

test('a leaf has the successors that it was made of, and those have no other', () => {
  let [longest, most] = [0, 0]
  const property = fc.property(fc.array(fc.array(outcome, { maxLength: 4 }), { minLength: 300, maxLength: 400 }), (lists) => {
    const leaves = new Leaves()
    const changes = new Map<number, string>()
    const made = lists.map((outcomes) => leaves.of(outcomes))
    for (const [i, outcomes] of lists.entries()) {
      const leaf = made[i] ?? -1
      const successors = leaves.outcomes(leaf)
      expect(successors.map(({ kind, writes }) => ({ kind, writes }))).toEqual(
        outcomes.map((o) => ({ kind: leaves.kindOf(o.step, o.actor), writes: o.writes })),
      )
      for (const { change, writes } of successors) expect(changes.get(change) ?? JSON.stringify(writes)).toBe(JSON.stringify(writes))
      for (const { change, writes } of successors) changes.set(change, JSON.stringify(writes))
      expect(leaves.of(outcomes)).toBe(leaf)
    }
    const others = lists.filter((outcomes) => outcomes.length > 0).map((outcomes) => JSON.stringify(outcomes))
    expect(leaves.size).toBe(2 + new Set(others).size)
    expect([...changes.keys()].sort((a, b) => a - b)).toEqual(Array.from(new Set(changes.values()), (_, i) => i + 1))
    longest = Math.max(longest, leaves.length)
    most = Math.max(most, leaves.size)
  })
  fc.assert(property, { seed: 12, numRuns: 20, endOnFailure: true })
  expect([longest > 2 ** 12, most > 2 ** 8]).toEqual([true, true])
})

test('two leaves are there from the start, without successors', () => {
  const leaves = new Leaves()
  expect([leaves.of([]), leaves.size, leaves.outcomes(NOTHING), leaves.outcomes(RUN_IT)]).toEqual([NOTHING, 2, [], []])
  expect(leaves.of([{ step: 0, actor: 0, writes: [] }])).toBe(2)
})

test.each<[string, Outcome[]]>([
  ['another step', [{ step: 2, actor: 1, writes: [{ word: 0, keep: -2, bits: 1 }] }]],
  ['another actor', [{ step: 1, actor: 2, writes: [{ word: 0, keep: -2, bits: 1 }] }]],
  ['a sleep before it', [{ step: 1, actor: 1, slept: true, writes: [{ word: 0, keep: -2, bits: 1 }] }]],
  ['another word', [{ step: 1, actor: 1, writes: [{ word: 1, keep: -2, bits: 1 }] }]],
  ['other bits kept', [{ step: 1, actor: 1, writes: [{ word: 0, keep: -4, bits: 1 }] }]],
  ['other bits', [{ step: 1, actor: 1, writes: [{ word: 0, keep: -2, bits: 0 }] }]],
  ['two of it', Array(2).fill({ step: 1, actor: 1, writes: [{ word: 0, keep: -2, bits: 1 }] })],
])('%s makes another leaf', (_, outcomes) => {
  const leaves = new Leaves()
  const leaf = leaves.of([{ step: 1, actor: 1, writes: [{ word: 0, keep: -2, bits: 1 }] }])
  expect(leaves.of(outcomes)).not.toBe(leaf)
})

test('a kind is a step and an actor, and keeps its count when there come to be more of them', () => {
  const leaves = new Leaves()
  const kinds = Array.from({ length: 200 }, (_, i) => {
    const kind = leaves.kindOf(i >>> 1, i & 1)
    leaves.fired[kind] = i
    return kind
  })
  expect(kinds).toEqual(Array.from({ length: 200 }, (_, i) => i))
  expect([leaves.kindOf(45, 1), leaves.steps[91], leaves.actors[91], leaves.steps.length]).toEqual([91, 45, 1, 200])
  expect([...leaves.fired.subarray(0, 200)]).toEqual(kinds)
})
