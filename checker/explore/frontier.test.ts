import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Frontier, frontierMemory } from './frontier.js'

/** Takes blocks, each worker's whole at once, in the order that `turns` says, until all find nothing. */
function takeAll(workers: readonly Frontier[], turns: readonly number[]): number[] {
  const taken: number[] = []
  const order = [...turns.map((turn) => turn % workers.length), ...workers.flatMap((_, i) => Array.from({ length: 50 }, () => i))]
  for (const i of order) {
    const worker = workers[i] as Frontier
    if (!worker.take()) continue
    while (worker.from < worker.to) taken.push(worker.from++)
  }
  return taken.sort((a, b) => a - b)
}

function idsOf(ranges: readonly (readonly [number, number])[]): number[] {
  return ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))
}

test('every state of a depth is taken exactly once, however many take turns, and in no other depth', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 8 })
  const depths = fc.array(lengths, { minLength: 1, maxLength: 4 })
  const property = fc.property(fc.integer({ min: 1, max: 4 }), depths, fc.array(fc.nat(11)), (count, plan, turns) => {
    const memory = frontierMemory(1 << 16)
    const workers = Array.from({ length: count }, () => new Frontier(memory))
    let next = 0
    for (const depth of plan) {
      const ranges = depth.map((length) => {
        const from = next + 3
        next = from + length
        return [from, next] as const
      })
      ranges.forEach((range, i) => void workers[i % count]?.add(range))
      expect(workers.map((w) => w.take())).toEqual(workers.map(() => false))
      for (const [i, worker] of workers.entries()) worker.turn(i === 0)
      const { blocks } = workers[0] as Frontier
      expect(idsOf(Array.from({ length: blocks.length / 2 }, (_, i) => [blocks[2 * i] ?? 0, blocks[2 * i + 1] ?? 0]))).toEqual(
        idsOf(ranges),
      )
      expect(takeAll(workers, turns)).toEqual(idsOf(ranges))
    }
  })
  fc.assert(property, { seed: 7 })
})

test('a range is taken in blocks, so that others have something to do', () => {
  const memory = frontierMemory(1 << 16)
  const [a, b] = [new Frontier(memory), new Frontier(memory)]
  a.add([1000, 1300])
  a.turn(true)
  b.turn(false)
  expect([a.take(), a.from, a.to]).toEqual([true, 1000, 1128])
  expect([b.take(), b.from, b.to]).toEqual([true, 1128, 1256])
  expect([b.take(), b.from, b.to]).toEqual([true, 1128, 1256])
  b.from = b.to
  expect([b.take(), b.from, b.to]).toEqual([true, 1256, 1300])
  expect(a.take()).toBe(true)
  a.from = a.to
  expect(a.take()).toBe(false)
})

test('a worker that joins later is at the same depth', () => {
  const memory = frontierMemory(1 << 16)
  const first = new Frontier(memory)
  first.add([0, 1])
  first.turn(true)
  const second = new Frontier(memory, first.turned)
  expect([second.take(), second.from, second.to, first.take()]).toEqual([true, 0, 1, false])
})

test('in a larger memory the depth goes on, and the next keeps what it has', () => {
  const frontier = new Frontier(frontierMemory(1 << 16))
  frontier.add([0, 256])
  frontier.turn(true)
  frontier.take()
  frontier.add([256, 257])
  frontier.moveTo(frontierMemory(1 << 20))
  expect(takeAll([frontier], [])).toEqual(idsOf([[0, 256]]))
  frontier.turn(true)
  expect(takeAll([frontier], [])).toEqual([256])
})

test('has room for the blocks of as many states as it was made for, all in one depth, and for those that many workers leave unfilled', () => {
  const states = 1 << 20
  const memory = frontierMemory(states)
  const workers = Array.from({ length: 64 }, () => new Frontier(memory))
  for (const worker of workers) worker.add([states, states + 1])
  for (let from = 0; from < states; from += 128) workers[from % 64]?.add([from, from + 128])
  for (const [i, worker] of workers.entries()) worker.turn(i === 0)
  const { blocks } = workers[0] as Frontier
  expect(blocks).toHaveLength(2 * (64 + states / 128))
  expect([...blocks.slice(-2)]).toEqual([states - 128, states])
})

test('of a long depth a worker takes neighbours, fewer as the depth comes to its end', () => {
  const memory = frontierMemory(1 << 20)
  const [a, b] = [new Frontier(memory), new Frontier(memory)]
  a.add([0, 128 * 300])
  a.turn(true)
  b.turn(false)
  const firstOf = (worker: Frontier): number => {
    expect(worker.take()).toBe(true)
    const { from } = worker
    worker.from = worker.to
    return from / 128
  }
  expect([firstOf(a), firstOf(b), firstOf(a)]).toEqual([0, 32, 1])
  for (let block = 2; block < 32; block++) expect(firstOf(a)).toBe(block)
  expect([firstOf(a), firstOf(b)]).toEqual([64, 33])
})
