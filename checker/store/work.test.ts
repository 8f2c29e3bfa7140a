import { expect, test } from 'vitest'
import { minus, noWork, plus, type Work } from './work.js'

const one: Work = { generated: 5, coverage: [3, 2], settled: ['a'], asked: ['x'] }
const other: Work = { generated: 4, coverage: [0, 4], settled: ['a', 'b'], asked: [] }

test('work adds up, and what it has shown is shown once', () => {
  expect(plus(one, other)).toEqual({ generated: 9, coverage: [3, 6], settled: ['a', 'b'], asked: ['x'] })
  expect(plus(noWork, one)).toEqual(one)
})

test('what a part of it has shown is shown without that part, too', () => {
  expect(minus(plus(one, other), other)).toEqual({ ...one, settled: ['a', 'b'] })
})
