import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Change, learnedParts, type Parts, plainParts } from './parts.js'

const ascending = (a: number, b: number): number => a - b
const sorted = (parts: Parts): number[] => parts.flat().toSorted(ascending)
const upTo = (words: number): number[] => Array.from({ length: words }, (_, i) => i)
const change = (times: number, ...words: number[]): Change => ({ words, times })

test('a state of up to four words has no parts, and a longer one four, which have each word once', () => {
  const changes = fc.array(fc.record({ words: fc.uniqueArray(fc.nat(39), { maxLength: 5 }), times: fc.nat(1000) }), { maxLength: 20 })
  const property = fc.property(fc.integer({ min: 1, max: 40 }), changes, (words, all) => {
    const within = all.map(({ words: list, times }) => ({ words: list.filter((word) => word < words), times }))
    for (const parts of [plainParts(words), learnedParts(words, within)]) {
      expect(parts).toHaveLength(words <= 4 ? 0 : 4)
      if (words > 4) expect(sorted(parts)).toEqual(upTo(words))
    }
  })
  fc.assert(property, { seed: 21, numRuns: 100 })
})

test('words that change together come into one part, wherever they are declared', () => {
  const together = [
    [0, 15, 7],
    [1, 8, 14],
    [2, 9, 13],
    [3, 10, 12],
  ]
  const parts = learnedParts(
    16,
    together.map((words, i) => change(100 + i, ...words)),
  )
  for (const words of together) expect(parts.filter((part) => words.every((word) => part.includes(word)))).toHaveLength(1)
})

test('what changes most is at the top of its part, and what never does at the bottom', () => {
  const often = [4, 11, 18, 23]
  const changes = [...often.map((word) => change(1000, word)), ...upTo(12).map((word) => change(10, word))]
  const parts = learnedParts(24, changes)
  expect(parts.map((part) => part[0] ?? -1).toSorted(ascending)).toEqual(often)
  const never = upTo(24).filter((word) => word >= 12 && !often.includes(word))
  for (const part of parts) {
    const first = part.findIndex((word) => never.includes(word))
    expect(part.slice(first).every((word) => never.includes(word))).toBe(true)
  }
})

test('the same changes make the same parts, in whatever pieces they come', () => {
  const whole = [change(30, 1, 6), change(20, 2, 5), change(10, 3, 4), change(7, 0)]
  const pieces = whole.flatMap(({ words, times }) => [change(times - 3, ...words), change(3, ...words)])
  expect(learnedParts(9, pieces)).toEqual(learnedParts(9, whole))
})
