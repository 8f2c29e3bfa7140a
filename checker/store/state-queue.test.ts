import { expect, test } from 'vitest'
import { StateQueue } from './state-queue.js'

const WORDS = 3
const stateOf = (number: number) => Int32Array.of(number, -number, number ^ 0x5555)

function read(queue: StateQueue, number: number): Int32Array {
  const [state, copy] = [new Int32Array(WORDS), new Int32Array(WORDS)]
  queue.read(number, state, copy)
  expect(copy).toEqual(state)
  return state
}

test('states come back by their numbers, while others are added', () => {
  const queue = new StateQueue(WORDS)
  let added = 0
  for (let number = 0; number < 20_000; number++) {
    while (added < 1.2 * number + 10) queue.add(stateOf(added++))
    if (number >= 3000) queue.forgetBefore(number - 3000)
    expect(read(queue, number)).toEqual(stateOf(number))
    if (number >= 3000 && number % 100 === 0) expect(read(queue, number - 3000)).toEqual(stateOf(number - 3000))
  }
})

test('what is forgotten makes room for what is added', () => {
  const queue = new StateQueue(WORDS)
  for (let number = 0; number < 5000; number++) queue.add(stateOf(number))
  const { bytes } = queue
  for (let number = 0; number < 50_000; number++) {
    queue.forgetBefore(number)
    queue.add(stateOf(number + 5000))
  }
  expect(queue.bytes - bytes).toBeLessThanOrEqual(2 * 4 * WORDS * 1024)
})

test('what is forgotten, or was never there, cannot be read', () => {
  const queue = new StateQueue(WORDS)
  for (let number = 0; number < 5000; number++) queue.add(stateOf(number))
  queue.forgetBefore(4000)
  expect(() => read(queue, 0)).toThrow('the states of chunk 0 are not there')
  expect(() => read(queue, 9000)).toThrow('the states of chunk 8 are not there')
})
