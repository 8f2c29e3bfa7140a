import { expect, test } from 'vitest'
import { type Id, known, nth, ordinal, type Ref } from './domain.js'

const ids = [1, 2, 3] as unknown as readonly Id<'slot'>[]
const [first, , last] = ids as unknown as [Id<'slot'>, Id<'slot'>, Id<'slot'>]

test('nth counts from an id, and is NULL outside the domain', () => {
  expect([0, 1, 2, 3, -1].map((delta) => nth(ids, first, delta))).toEqual([1, 2, 3, 0, 0])
  expect([0, 1, -2, -3].map((delta) => nth(ids, last, delta))).toEqual([3, 0, 1, 0])
})

test('ordinal is the number, 0 for NULL', () => {
  expect([ordinal(last), ordinal(0)]).toEqual([3, 0])
})

test('known gives the element of a reference, and refuses NULL', () => {
  expect(known(2 as unknown as Ref<'desc'>)).toBe(2)
  expect(() => known(0)).toThrow('NULL')
})
