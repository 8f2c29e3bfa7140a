import { expect, test } from 'vitest'
import { omissionLine } from './omission.js'

test('nothing, where all states are kept', () => expect(omissionLine({ store: 'memory' })).toEqual([]))

test.each<[number, string]>([
  [8.257e-8, '8.3e-8'],
  [0, '0'],
  [0.0123, '0.012'],
  [0.5, '0.5'],
])('a probability of %d', (probability, written) => {
  const line = `store compact: with probability ${written}, a state was missed`
  expect(omissionLine({ store: 'compact', omission: { states: probability, probability } })).toEqual([line])
})

test('how many, where it is next to certain', () => {
  const line = 'store bitstate: about 1,851 states were missed, besides those that only they lead to'
  expect(omissionLine({ store: 'bitstate', omission: { states: 1850.55, probability: 1 } })).toEqual([line])
})
