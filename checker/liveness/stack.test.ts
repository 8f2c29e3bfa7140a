import { expect, test } from 'vitest'
import { Stack } from './stack.js'

test('a stack grows, and keeps what it has', () => {
  const stack = new Stack()
  for (let i = 0; i < 5000; i++) stack.push(3 * i)
  expect([stack.length, stack.top, stack.at(1700)]).toEqual([5000, 14_997, 5100])
  expect([...stack.from(4998)]).toEqual([14_994, 14_997])
  expect([stack.pop(), stack.pop(), stack.length]).toEqual([14_997, 14_994, 4998])
})
