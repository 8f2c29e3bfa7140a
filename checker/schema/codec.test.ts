import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsFor, type Codec, codecOf, decodeScalar, encodeScalar, outOfRange } from './codec.js'
import { domain } from './domain.js'
import { bool, int, oneOf, ref, type ScalarField } from './field.js'

const Few = domain('few', 5)
const codec = (field: ScalarField): Codec => codecOf(field, (d) => d.size, 'x')

test.each([
  [0, 1],
  [1, 1],
  [2, 2],
  [255, 8],
  [256, 9],
  [2 ** 31 - 1, 31],
])('codes 0 to %i take %i bits', (highest, bits) => {
  expect(bitsFor(highest)).toBe(bits)
})

describe('every value has a code of its own', () => {
  test.each<[string, ScalarField, readonly unknown[]]>([
    ['bool', bool, [false, true]],
    ['oneOf', oneOf('a', 'b', 'c'), ['a', 'b', 'c']],
    ['ref', ref(Few), [0, 1, 2, 3, 4, 5]],
    ['int', int(-2, 2), [-2, -1, 0, 1, 2]],
  ])('%s', (_, field, values) => {
    const c = codec(field)
    expect(values.map((v) => encodeScalar(c, v))).toEqual(values.map((_, i) => i))
    expect(values.map((_, i) => decodeScalar(c, i))).toEqual(values)
  })

  test('element of a domain, which is never NULL', () => {
    expect([0, 1, 5, 6].map((v) => encodeScalar(codec(Few), v))).toEqual([-1, 1, 5, -1])
  })

  test('any range of integers', () => {
    const range = fc.tuple(fc.integer(), fc.nat()).filter(([lo, span]) => lo + span < 2 ** 31)
    const property = fc.property(range, fc.nat(), ([lo, span], n) => {
      const c = codec(int(lo, lo + span))
      const value = lo + (n % (span + 1))
      const code = encodeScalar(c, value)
      expect(decodeScalar(c, code)).toBe(value)
      expect(code).toBeLessThan(2 ** c.bits)
      expect([encodeScalar(c, lo - 1), encodeScalar(c, lo + span + 1)]).toEqual([-1, -1])
    })
    fc.assert(property, { seed: 3 })
  })
})

test.each<[ScalarField, unknown]>([
  [int(0, 3), 1.5],
  [int(0, 3), Number.NaN],
  [int(0, 3), '1'],
  [int(0, 3), undefined],
  [bool, 1],
  [oneOf('a'), 'b'],
  [ref(Few), null],
])('%j cannot hold %j', (field, value) => {
  expect(encodeScalar(codec(field), value)).toBe(-1)
})

test('the initial value is 0 where it is in range, else the lowest', () => {
  const initial = (field: ScalarField) => decodeScalar(codec(field), codec(field).initial)
  expect([int(-3, 2), int(2, 9), int(-9, -2), bool, oneOf('a', 'b'), ref(Few)].map(initial)).toEqual([0, 2, -9, false, 'a', 0])
})

test.each<[ScalarField, string]>([
  [int(1, 0), 'x: int(1, 0) has no values; expected two integers, the lower first'],
  [int(0, 0.5), 'x: int(0, 0.5) has no values'],
  [int(-1, 2 ** 31 - 1), 'x: int(-1, 2147483647) is wider than 31 bits'],
  [int(0, 2 ** 31), 'x: int(0, 2147483648) is wider than 31 bits'],
  [oneOf(), 'x: oneOf() has no names'],
  [oneOf('a', 'b', 'a'), 'x: oneOf(a, b, a) repeats a name'],
])('refuses %j', (field, message) => {
  expect(() => codec(field)).toThrow(message)
})

test('an error names the path, the value and what was expected', () => {
  expect(outOfRange('desc[2].refs', codec(int(0, 7)), 8).message).toBe('desc[2].refs was given 8 (number); expected an integer from 0 to 7')
  expect(outOfRange('p', codec(ref(Few)), 'x').message).toBe("p was given 'x'; expected 0 (NULL) or one of few 1..5")
  expect(outOfRange('b', codec(bool), undefined).message).toBe('b was given undefined (undefined); expected true or false')
})
