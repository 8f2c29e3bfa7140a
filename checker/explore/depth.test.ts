import { expect, test } from 'vitest'
import { expandDepth, turnDepth } from './depth.js'
import type { Explorer } from './explorer.js'
import { Frontier, frontierMemory } from './frontier.js'
import { FOUND, STOP, STOPPED, sharedMemory } from './shared.js'

/** Worker `index` of two, between two depths; `meet` is what the other one does while they meet, or at once after that. */
function between(meet: (flags: Int32Array) => void, index = 0, shared = frontierMemory(1 << 12)) {
  const memory = sharedMemory(1, 1 << 12, 2)
  return { memory, frontier: new Frontier(shared), crew: { size: 2, index, meet: () => meet(memory.flags) } }
}

test('what a quicker worker flags in the next depth does not end this one', () => {
  const worker = between((flags) => {
    flags[STOPPED] = STOP.seconds
    flags[FOUND] = 1
  })
  worker.frontier.add([0, 1])
  expect(turnDepth(worker)).toEqual({ isStopped: false, isMidst: false, isFound: false, isLast: false })
})

test('what was flagged before ends it', () => {
  const worker = between(() => {})
  worker.memory.flags[STOPPED] = STOP.states
  expect(turnDepth(worker)).toEqual({ isStopped: true, isMidst: false, isFound: false, isLast: true })
  worker.memory.flags[STOPPED] = STOP.not
  worker.memory.flags[FOUND] = 1
  expect(turnDepth(worker)).toMatchObject({ isStopped: false, isFound: true })
})

test('the first worker turns the frontier, and the second sees what it holds when they have met', () => {
  const shared = frontierMemory(1 << 12)
  const first = between(() => {}, 0, shared)
  const second = between(() => void turnDepth(first), 1, shared)
  second.frontier.add([0, 5])
  expect(turnDepth(second)).toMatchObject({ isLast: false })
  expect([first.frontier.take(), first.frontier.to, second.frontier.take()]).toEqual([true, 5, false])
})

/** An explorer whose store takes a byte for each state that is expanded, and the states that were. */
function counting(): { explorer: Explorer; store: { bytes: number } } {
  const store = { bytes: 0, growth: 0, added: 0, isFull: false, isAtCapacity: false, takeRanges: () => [] }
  const explorer = { store, generated: 0, findings: { any: false }, expand: () => void store.bytes++, settle() {} }
  return { explorer: explorer as unknown as Explorer, store }
}

test.each([0, 1])('worker %i of two stops at the budget of memory by itself, with the block that it is at', (index) => {
  const { explorer, store } = counting()
  const frontier = new Frontier(frontierMemory(1 << 12))
  frontier.add([0, 1000])
  frontier.turn(true)
  const memory = sharedMemory(1, 1 << 12, 2, 300)
  const worker = { explorer, frontier, memory, crew: { size: 2, index, meet() {} }, makeRoom: () => false }
  const expanded = Array.from(expandDepth(worker), () => store.bytes)
  expect([expanded, memory.flags[STOPPED]]).toEqual([[128, 256, 384, 384], STOP.memory])
})
