import { describe, expect, test } from 'vitest'
import { BitArray } from './bit-array.js'
import { StateHash } from './state-hash.js'

/** Adds so many states to an array of so many bytes. */
function filled(bytes: number, perState: number, states: number, seed: number): { array: BitArray; hashOf: (state: number) => StateHash } {
  const array = new BitArray(bytes, perState)
  const hash = new StateHash(seed)
  const hashOf = (state: number): StateHash => {
    hash.of(Int32Array.of(state))
    return hash
  }
  for (let state = 0; state < states; state++) {
    const { first, second, third } = hashOf(state)
    array.add(first, second, third)
  }
  return { array, hashOf }
}

test('it has what was added, and that is not new', () => {
  const { array, hashOf } = filled(1 << 12, 3, 5000, 1)
  for (let state = 0; state < 5000; state++) {
    const { first, second, third } = hashOf(state)
    expect(array.has(first, second, third)).toBe(true)
    expect(array.add(first, second, third)).toBe(false)
  }
})

describe.each([1, 2, 3, 6])('with %i bits for a state', (perState) => {
  test.each([1000, 3000, 8000])('the share of other states that look seen after %i is what it says', (states) => {
    const OTHERS = 20_000
    let [looked, expected] = [0, 0]
    for (let seed = 0; seed < 10; seed++) {
      const { array, hashOf } = filled(1 << 12, perState, states, seed)
      expected += array.mistaken * OTHERS
      for (let state = 0; state < OTHERS; state++) {
        const { first, second, third } = hashOf(-1 - state)
        if (array.has(first, second, third)) looked++
      }
    }
    const tolerance = 0.05 + 5 / Math.sqrt(expected)
    expect(looked / expected).toBeGreaterThan(1 - tolerance)
    expect(looked / expected).toBeLessThan(1 + tolerance)
  })
})

test('it is filled evenly, up to its end', () => {
  const { array } = filled(1 << 12, 1, 1 << 20, 1)
  expect(array.filled).toBeGreaterThan(1 - 1e-9)
})

test('it takes no more than it may, and one word at least', () => {
  expect(new BitArray(1003).bytes).toBe(1000)
  expect(new BitArray(1).bytes).toBe(4)
})
