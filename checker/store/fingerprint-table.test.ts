import { describe, expect, test } from 'vitest'
import { FingerprintTable } from './fingerprint-table.js'

/** Words that look random; the same for each seed. */
function* randomWords(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    yield (t ^ (t >>> 14)) | 0
  }
}

/** The fingerprint, by which states are told apart. */
function keyOf(bits: number, first: number, second: number): bigint {
  return ((BigInt(first >>> 0) << 32n) | BigInt(second >>> 0)) >> BigInt(64 - bits)
}

describe.each([64, 40, 33, 32, 20, 12, 1])('with %i bits', (bits) => {
  test('it is the set of what was added, while it grows', () => {
    const table = new FingerprintTable(bits)
    const words = randomWords(bits)
    const set = new Set<bigint>()
    let wrong = 0
    for (let i = 0; i < 60_000; i++) {
      // Some are alike in their first word, and some of those were there before.
      const first = i % 16 === 15 ? 5 : words.next().value
      const second = i % 32 === 31 ? i & 0xfff : words.next().value
      const key = keyOf(bits, first, second)
      if (table.has(first, second) !== set.has(key)) wrong++
      if (table.add(first, second) === set.has(key)) wrong++
      set.add(key)
    }
    expect(wrong).toBe(0)
    const again = randomWords(bits)
    expect(table.has(again.next().value, again.next().value)).toBe(true)
    expect(table.mistaken).toBe(set.size / 2 ** bits)
  })
})

test('says what it takes to grow', () => {
  const table = new FingerprintTable()
  const words = randomWords(5)
  while (!table.isFull) table.add(words.next().value, words.next().value)
  const { bytes, growth } = table
  table.grow()
  expect(table.isFull).toBe(false)
  expect(table.bytes).toBe(bytes + growth)
  expect(table.isAtCapacity).toBe(false)
})

test('what looks like nothing is a fingerprint as well', () => {
  for (const bits of [64, 32, 16]) {
    const table = new FingerprintTable(bits)
    expect(table.has(0, 0)).toBe(false)
    expect(table.add(0, 0)).toBe(true)
    expect(table.has(0, 0)).toBe(true)
    expect(table.add(0, 0)).toBe(false)
  }
})

test('the order is that of the numbers, negative ones first, also in a full table', () => {
  const table = new FingerprintTable()
  const firsts = [2 ** 31 - 1, -(2 ** 31), 0, -1, 1]
  const seconds = [0, 2 ** 31 - 1, -(2 ** 31), -1, 7]
  for (const first of firsts) for (const second of seconds) expect(table.add(first, second)).toBe(true)
  for (const first of firsts) for (const second of seconds) expect(table.has(first, second)).toBe(true)
})

test('it takes 9.4 to 11.8 bytes for each, besides what it starts with', () => {
  const table = new FingerprintTable()
  const empty = table.bytes
  const words = randomWords(3)
  let [least, most] = [Number.POSITIVE_INFINITY, 0]
  for (let count = 1; count <= 400_000; count++) {
    table.add(words.next().value, words.next().value)
    if (table.isFull) table.grow()
    const each = (table.bytes - empty) / count
    if (count >= 100_000) [least, most] = [Math.min(least, each), Math.max(most, each)]
  }
  expect(least).toBeGreaterThan(9.1)
  expect(most).toBeLessThan(11.8)
})
