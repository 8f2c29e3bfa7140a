import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Levels } from './levels.js'

test('ranges are taken in any order, and merged where one ends as the next begins', () => {
  const levels = new Levels()
  levels.add([0, 2])
  levels.add([256, 260, 2, 5, 128, 130, 5, 6])
  levels.add([6, 7])
  expect([levels.depth, levels.distinct, levels.largest, levels.sizes]).toEqual([3, 13, 10, [2, 10, 1]])
  expect([...levels.idsAt(1)]).toEqual([2, 3, 4, 5, 128, 129, 256, 257, 258, 259])
  expect([levels.indexOf(1), levels.indexOf(2), levels.indexOf(129), levels.indexOf(6)]).toEqual([0, 1, 1, 2])
})

test('an id between two ranges, past the last depth, or negative has no depth, and a depth that is not there no ids', () => {
  const levels = new Levels()
  levels.add([0, 2, 10, 11])
  expect([2, 9, 11, -1].map((id) => levels.indexOf(id))).toEqual([-1, -1, -1, -1])
  expect([...levels.idsAt(1)]).toEqual([])
})

test('before the first depth there is nothing', () => {
  const { depth, distinct, largest, sizes } = new Levels()
  expect({ depth, distinct, largest, sizes }).toEqual({ depth: 0, distinct: 0, largest: 0, sizes: [] })
})

test('every id has the depth that it was added with', () => {
  const depths = fc.array(fc.nat(3), { minLength: 1, maxLength: 200 })
  const property = fc.property(depths, (depthOf) => {
    const levels = new Levels()
    for (let depth = 0; depth < 4; depth++) {
      levels.add(
        depthOf
          .flatMap((d, id) => (d === depth ? [id, id + 1] : []))
          .reverse()
          .flatMap((_, i, all) => (i % 2 === 0 ? [all[i + 1] ?? 0, all[i] ?? 0] : [])),
      )
    }
    expect(depthOf.map((_, id) => levels.indexOf(id))).toEqual(depthOf)
    expect([0, 1, 2, 3].map((d) => [...levels.idsAt(d)])).toEqual(
      [0, 1, 2, 3].map((d) => depthOf.flatMap((at, id) => (at === d ? [id] : []))),
    )
  })
  fc.assert(property, { seed: 6 })
})

test('there may be more depths than a call has arguments', () => {
  const levels = new Levels()
  for (let id = 0; id < 200_000; id++) levels.add([id, id + 1])
  expect([levels.depth, levels.distinct, levels.largest]).toEqual([200_000, 200_000, 1])
})
