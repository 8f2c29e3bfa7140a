import { expect, test } from 'vitest'
import { Fingerprint, omissionAmong } from './fingerprint.js'

const textOf = (...state: number[]): string => {
  const fingerprint = new Fingerprint()
  fingerprint.of(Int32Array.from(state))
  return fingerprint.words.join()
}

test('states that differ in a bit have fingerprints that differ in each word', () => {
  const words = new Set<string>()
  for (let bit = 0; bit < 64; bit++) {
    const state = [7, -1, 3]
    state[bit >> 5] = (state[bit >> 5] ?? 0) ^ (1 << (bit & 31))
    for (const [i, word] of textOf(...state)
      .split(',')
      .entries())
      words.add(`${i} ${word}`)
  }
  expect(words.size).toBe(4 * 64)
})

test('a fingerprint is the same in every process: files have them', () => {
  expect(textOf(1, 2, 3)).toBe('368978159,969607100,674503146,-86947537')
})

test('what is probably missed is as of a birthday', () => {
  expect(omissionAmong(1)).toEqual({ states: 0, probability: 0 })
  expect(omissionAmong(2 ** 32).probability).toBeCloseTo(2 ** -65, 25)
  expect(omissionAmong(2 ** 65).probability).toBeCloseTo(1 - Math.exp(-2), 5)
})
