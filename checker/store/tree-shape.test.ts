import { expect, test } from 'vitest'
import { rootWidth, touchedBit } from './tree-shape.js'

test('a state of up to four words is its own root, and the root of a longer one is two words', () => {
  expect([1, 2, 3, 4, 5, 40].map(rootWidth)).toEqual([2, 2, 4, 4, 2, 2])
})

test('each word has a bit, of its own in states of up to 31 words', () => {
  for (const words of [1, 2, 31, 32, 62, 63, 1000]) {
    const bits = Array.from({ length: words }, (_, word) => touchedBit(word))
    expect(bits.filter((bit) => bit <= 0 || Math.clz32(bit & (bit - 1)) !== 32)).toEqual([])
    expect(new Set(bits).size).toBe(Math.min(words, 31))
  }
})
