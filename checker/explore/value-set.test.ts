import { expect, test } from 'vitest'
import { ValueSet } from './value-set.js'

test('counts each code once, however far apart they are', () => {
  const values = new ValueSet()
  for (const code of [0, 31, 32, 65_535, 65_536, 2 ** 31 - 1, 31, 0]) values.add(code)
  expect(values.size).toBe(6)
})

test('takes in the codes of another', () => {
  const [values, others] = [new ValueSet(), new ValueSet()]
  for (const code of [1, 2, 70_000]) values.add(code)
  for (const code of [2, 3, 200_000]) others.add(code)
  values.addAll(structuredClone(others.pages))
  expect(values.size).toBe(5)
  expect(others.size).toBe(3)
})
