import { expect, test } from 'vitest'
import { StateTree } from '../store/state-tree.js'
import { Frontier } from './frontier.js'
import { sharedMemory } from './shared.js'
import { WorkerThreads } from './worker-threads.js'

/** None is waited for. */
const called = { count: 1, source: { module: '', argument: undefined }, symmetry: false, profile: false }

test.each([
  [-1, false],
  [0, true],
])('with %i bytes to spare where the store is shared, workers join: %s', (spare, joins) => {
  const memory = sharedMemory(2, 1 << 20, 1)
  const store = new StateTree(new Int32Array(2), new Int32Array(2), memory.store)
  const { bytes, sharing } = store
  const threads = new WorkerThreads(called, memory.flags)
  const crew = threads.join(store, new Frontier(memory.frontier), { ...memory, maxBytes: bytes + sharing + spare })
  expect(threads.areWaiting).toBe(!joins)
  expect(crew !== undefined).toBe(joins)
  expect(store.bytes - bytes).toBe(joins ? sharing : 0)
})
