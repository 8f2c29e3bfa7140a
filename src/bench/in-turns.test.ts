import { expect, test } from 'vitest'
import { inTurns, median } from './in-turns.js'

test('programs run in turns, each measured by itself', () => {
  let clock = 0
  const ran: string[] = []
  const program = (name: string, milliseconds: number) => () => {
    ran.push(name)
    clock += milliseconds
  }
  const seconds = inTurns([program('a', 2000), program('b', 500)], 3, () => clock)
  expect(ran.join('')).toBe('ababab')
  expect(seconds).toEqual([
    [2, 2, 2],
    [0.5, 0.5, 0.5],
  ])
})

test('the median does not go by the digits', () => {
  expect(median([10, 9, 100])).toBe(10)
  expect(median([])).toBeNaN()
})
