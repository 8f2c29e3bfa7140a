import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RowTable, rowCapacity, rowMemory } from './row-table.js'
import { StoreFull } from './store.js'

type Row = readonly [number, number, number, number]

/** Words of the control block of a memory: ids given out, length of the index. */
const [NEXT, LENGTH] = [0, 1]

function rowAt(table: RowTable, width: 2 | 4, id: number): Row {
  const [a = 0, b = 0, c = 0, d = 0] = table.rows.subarray(table.at(id), table.at(id) + width)
  return [a, b, c, d]
}

/** A row of a table of this width; `n` says which. */
function rowOf(width: 2 | 4, n: number): Row {
  const [a, b] = [Math.imul(n, 0x1234567), n >>> 3]
  return width === 2 ? [a, b, 0, 0] : [n % 7, b, a, -n]
}

describe.each([2, 4] as const)('rows of %i words', (width) => {
  test('a row has one id, which finds it, and no other row does', () => {
    const word = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 }))
    const rows = fc.array(fc.tuple(word, word, width === 4 ? word : fc.constant(0), width === 4 ? word : fc.constant(0)), {
      maxLength: 400,
    })
    const property = fc.property(rows, (list) => {
      const table = new RowTable(rowMemory(width, 1 << 12))
      const ids = new Map<string, number>()
      for (const row of list) {
        const known = ids.get(row.join())
        expect(table.find(...row)).toBe(known ?? -1)
        expect(table.insert(...row)).toBe(known === undefined ? ids.size : ~known)
        if (known === undefined) ids.set(row.join(), ids.size)
        expect(table.find(...row)).toBe(ids.get(row.join()))
      }
      expect(table.added).toBe(ids.size)
      expect(Array.from(ids.values(), (id) => rowAt(table, width, id).join())).toEqual([...ids.keys()])
    })
    fc.assert(property, { seed: 8, numRuns: 50 })
  })

  test('the index grows many times over, and every row keeps its id', () => {
    const table = new RowTable(rowMemory(width, 1 << 17))
    const count = 90_000
    for (let n = 0; n < count; n++) {
      if (table.isFull) table.grow()
      if (table.insert(...rowOf(width, n)) !== n) throw new Error(`row ${n} has another id`)
    }
    for (let n = 0; n < count; n++) {
      if (table.insert(...rowOf(width, n)) !== ~n || table.find(...rowOf(width, n)) !== n) throw new Error(`row ${n} is lost`)
    }
    expect([table.find(...rowOf(width, count)), table.added, table.isFull, table.isAtCapacity]).toEqual([-1, count, false, true])
    expect([table.bytes, table.growth]).toEqual([4 * width * Math.ceil(count / 128) * 128 + 4 * 2 ** 17, 4 * (2 ** 19 - 2 ** 17)])
  })

  test('it is full at three quarters, at its capacity too, and then a larger memory has room', () => {
    const table = new RowTable(rowMemory(width, 1 << 12))
    let n = 0
    while (!table.isFull) expect(table.insert(...rowOf(width, n))).toBe(n++)
    expect([n, table.isAtCapacity]).toEqual([3_073, true])
    expect(table.insert(...rowOf(width, n))).toBe(n++)
    const ranges = [0, n]
    const larger = table.movedTo(rowMemory(width, 1 << 16))
    expect([larger.added, larger.isFull, larger.isAtCapacity]).toEqual([n, true, false])
    larger.grow()
    expect([larger.isFull, larger.isAtCapacity]).toEqual([false, false])
    for (let i = 0; i < n; i++) expect(larger.insert(...rowOf(width, i))).toBe(~i)
    expect(larger.insert(...rowOf(width, n))).toBe(n)
    expect(merged(larger.takeRanges())).toEqual([ranges[0], n + 1])
  })

  test('clusters that reach around the end of the index survive growing', () => {
    let around = 0
    for (let from = 0; from < 40 * 4_000; from += 4_000) {
      const memory = rowMemory(width, 1 << 14)
      const index = new Int32Array(memory.index)
      const table = new RowTable(memory)
      let n = from
      while (!table.isFull) table.insert(...rowOf(width, n++))
      if (index[0] !== 0 && index[4095] !== 0) around++
      table.grow()
      for (let i = from; i < n; i++) if (table.insert(...rowOf(width, i)) !== ~(i - from)) throw new Error(`row ${i} is lost`)
      expect(index.filter((entry) => entry !== 0)).toHaveLength(n - from)
    }
    expect(around).toBeGreaterThan(10)
  })
})

describe('two tables over one memory', () => {
  const two = (): [RowTable, RowTable] => {
    const memory = rowMemory(2, 1 << 14)
    const [a, b] = [new RowTable(memory), new RowTable(memory)]
    return [a, b]
  }

  test('see the rows of each other, and take ids in blocks', () => {
    const [a, b] = two()
    expect([a.insert(1, 2, 0, 0), b.insert(3, 4, 0, 0), a.insert(5, 6, 0, 0)]).toEqual([0, 128, 1])
    expect([b.insert(1, 2, 0, 0), a.find(3, 4, 0, 0), a.added, b.added]).toEqual([~0, 128, 2, 1])
  })

  test('say what each has added since it was asked', () => {
    const [a, b] = two()
    a.insert(1, 2, 0, 0)
    b.insert(3, 4, 0, 0)
    expect([a.takeRanges(), b.takeRanges()]).toEqual([
      [0, 1],
      [128, 129],
    ])
    for (let n = 0; n < 130; n++) a.insert(n, 7, 0, 0)
    expect([a.takeRanges(), b.takeRanges(), a.takeRanges()]).toEqual([[1, 128, 256, 259], [], []])
  })

  test('grow when they have met, and fail rather than overflow', () => {
    const [a, b] = two()
    let n = 0
    while (!a.isFull) b.insert(n++, 8, 0, 0)
    expect([n, b.isFull, b.find(n - 1, 8, 0, 0)]).toEqual([3_073, true, 3_072])
    const overflow = (): void => {
      for (; n < 5_000; n++) b.insert(n, 8, 0, 0)
    }
    expect(overflow).toThrow(StoreFull)
    expect([n, b.find(0, 8, 0, 0), b.find(n, 8, 0, 0), b.find(n - 1, 8, 0, 0)]).toEqual([3_968, 0, -1, 3_967])
  })
})

test('a table that is shared is long enough for what its workers add when it is full', () => {
  const table = new RowTable(rowMemory(2, 1 << 20))
  table.insert(1, 2, 0, 0)
  const { bytes, sharing } = table
  table.share()
  expect([table.bytes - bytes - sharing, sharing, table.sharing]).toEqual([0, 4 * (2 ** 18 - 2 ** 12), 0])
  expect([table.find(1, 2, 0, 0), table.insert(1, 3, 0, 0)]).toEqual([0, 1])
  const small = new RowTable(rowMemory(2, 1 << 14))
  small.share()
  expect(small.isAtCapacity).toBe(true)
  expect(() => small.grow()).toThrow('a table grows beyond its memory')
})

test('the highest ids of the largest table are within its rows', () => {
  const capacity = 2 ** 24
  const memory = rowMemory(4, capacity)
  const control = new Int32Array(memory.control)
  control[NEXT] = capacity - 256
  control[LENGTH] = capacity
  const table = new RowTable(memory)
  expect(rowCapacity(memory)).toBe(capacity)
  expect([table.insert(1, 2, 3, 4), table.find(1, 2, 3, 4), table.insert(1, 2, 3, 4)]).toEqual([
    capacity - 256,
    capacity - 256,
    255 - capacity,
  ])
  expect(rowAt(table, 4, capacity - 256)).toEqual([1, 2, 3, 4])
})

/** Ranges without those ends that are the beginnings of the next. */
function merged(ranges: readonly number[]): number[] {
  return ranges.filter((id, i) => (i % 2 === 0 ? id !== ranges[i - 1] : id !== ranges[i + 1]))
}
