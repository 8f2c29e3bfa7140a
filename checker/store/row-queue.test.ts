import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowQueue } from './row-queue.js'
import { RowTable, rowMemory } from './row-table.js'

/** What a queue tells. */
function settled(queue: RowQueue): number[] {
  const told: number[] = []
  queue.settle((id) => void told.push(id))
  return told
}

type Row = readonly [number, number, number, number]

const word = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 }))

test.each([2, 4] as const)(
  'rows of %i words get the ids that they get without a queue, and the new ones that are asked for are told',
  (width) => {
    const row = fc.tuple(word, word, width === 4 ? word : fc.constant(0), width === 4 ? word : fc.constant(0))
    const asked = fc.tuple(
      row,
      fc.boolean(),
      fc.integer({ min: 0, max: 20 }).map((n) => n === 0),
    )
    const property = fc.property(fc.array(asked, { maxLength: 600 }), (list) => {
      const [table, plain] = [new RowTable(rowMemory(width, 1 << 12)), new RowTable(rowMemory(width, 1 << 12))]
      const queue = new RowQueue(table)
      const told: number[] = []
      const expected: number[] = []
      for (const [r, isAsked, settles] of list) {
        const id = plain.insert(...r)
        if (id >= 0 && isAsked) expected.push(id)
        queue.add(...r, isAsked ? 1 : 0)
        if (settles) told.push(...settled(queue))
      }
      told.push(...settled(queue))
      expect(told).toEqual(expected)
      expect(table.rows.subarray(0, width * plain.added)).toEqual(plain.rows.subarray(0, width * plain.added))
      for (const [r] of list) expect(table.find(...r)).toBe(plain.find(...r))
    })
    fc.assert(property, { seed: 5, numRuns: 60 })
  },
)

test('a row waits until it is settled, or the queue is full', () => {
  const table = new RowTable(rowMemory(2, 1 << 12))
  const queue = new RowQueue(table)
  queue.add(0, 0, 0, 0, 1)
  expect([table.added, settled(queue), settled(queue), table.added]).toEqual([0, [0], [], 1])
  for (let n = 1; n <= 255; n++) queue.add(n, n, 0, 0, 1)
  expect(table.added).toBe(1)
  queue.add(256, 0, 0, 0, 0)
  expect(table.added).toBe(257)
  expect(settled(queue)).toEqual(Array.from({ length: 255 }, (_, n) => n + 1))
})

test('all that were asked for are told, however many', () => {
  const queue = new RowQueue(new RowTable(rowMemory(2, 1 << 14)))
  for (let n = 0; n < 2000; n++) queue.add(n, 0, 0, 0, n % 3)
  expect(settled(queue)).toEqual(Array.from({ length: 2000 }, (_, n) => n).filter((n) => n % 3 !== 0))
  expect(settled(queue)).toEqual([])
})

test('what waits, and what was remembered, is found in the larger memory too', () => {
  const table = new RowTable(rowMemory(2, 1 << 12))
  const queue = new RowQueue(table)
  const rows: Row[] = [
    [1, 2, 0, 0],
    [3, 4, 0, 0],
  ]
  for (const r of rows) queue.add(...r, 1)
  const larger = table.movedTo(rowMemory(2, 1 << 16))
  const moved = queue.movedTo(larger)
  for (const r of rows) moved.add(...r, 1)
  expect([settled(moved), larger.added, table.added]).toEqual([[0, 1], 2, 0])
})

test('the table may grow while rows wait', () => {
  const table = new RowTable(rowMemory(4, 1 << 16))
  const queue = new RowQueue(table)
  let n = 0
  for (; !table.isFull; n++) queue.add(n, 0, 0, 1, 0)
  queue.add(-1, 0, 0, 1, 1)
  table.grow()
  expect(settled(queue)).toHaveLength(1)
  for (let i = 0; i < n; i++) expect(table.find(i, 0, 0, 1)).toBeGreaterThanOrEqual(0)
})
