import { describe, expect, test } from 'vitest'
import { BitArray } from './bit-array.js'
import { FingerprintTable } from './fingerprint-table.js'
import { LossyStore } from './lossy-store.js'
import type { Seen } from './seen.js'

const MANY = 1 << 30

/** A store of states of two words, and a way to add the state of a number. */
function storeOf(seen: Seen, seed: number, capacity = MANY) {
  const [w, current] = [new Int32Array(2), new Int32Array(2)]
  const store = new LossyStore(w, current, seen, capacity, seed)
  const insert = (number: number): number => {
    w[0] = number
    w[1] = number << 20
    return store.insert()
  }
  return { store, insert, w, current }
}

describe('the states that are omitted are as many as it says', () => {
  const lossy: [string, () => Seen, number][] = [
    ['12 bits', () => new FingerprintTable(12), 2000],
    ['16 bits', () => new FingerprintTable(16), 5000],
    ['20 bits', () => new FingerprintTable(20), 8000],
    ['an array of 2048 bits, one for a state', () => new BitArray(256, 1), 1000],
    ['an array of 8192 bits, three for a state', () => new BitArray(1024), 2000],
    ['an array of 65536 bits, three for a state', () => new BitArray(8192), 5000],
  ]
  test.each(lossy)('with %s', (_, seen, states) => {
    let [omitted, expected] = [0, 0]
    for (let seed = 0; seed < 40; seed++) {
      const { store, insert } = storeOf(seen(), seed)
      for (let number = 0; number < states; number++) if (insert(number) < 0) omitted++
      expect(store.added).toBeLessThan(states)
      expected += store.omission.states
    }
    expect(omitted / expected).toBeGreaterThan(0.93)
    expect(omitted / expected).toBeLessThan(1.07)
  })

  test('and so is the probability that there is one', () => {
    const SEEDS = 400
    let [some, expected] = [0, 0]
    for (let seed = 0; seed < SEEDS; seed++) {
      const { store, insert } = storeOf(new FingerprintTable(20), seed)
      for (let number = 0; number < 1000; number++) insert(number)
      if (store.added < 1000) some++
      expected += store.omission.probability
    }
    expect(expected / SEEDS).toBeCloseTo(0.379, 3)
    expect(some / expected).toBeGreaterThan(0.8)
    expect(some / expected).toBeLessThan(1.2)
  })

  test('which is that of a birthday with 64 bits', () => {
    const { store, insert } = storeOf(new FingerprintTable(), 0)
    for (let number = 0; number < 5000; number++) insert(number)
    expect(store.omission.states * 2 ** 64).toBeCloseTo((5000 * 4999) / 2, 3)
    expect(store.omission.probability / store.omission.states).toBeCloseTo(1, 9)
  })
})

test('states have numbers in the order in which they were found, and are told by depth', () => {
  const { store, insert, w, current } = storeOf(new FingerprintTable(), 0)
  expect([insert(7), insert(8), insert(7)]).toEqual([0, 1, -1])
  expect(store.takeRanges()).toEqual([0, 2])
  expect(store.takeRanges()).toEqual([])
  store.open(0)
  store.open(1)
  expect([...w]).toEqual([8, 8 << 20])
  expect([...current]).toEqual([8, 8 << 20])
  expect(insert(9)).toBe(2)
  expect(store.takeRanges()).toEqual([2, 3])
})

test('it finds what it has, and does not add what it looks for', () => {
  const { store, insert, w } = storeOf(new FingerprintTable(), 0)
  insert(7)
  expect(store.find()).toBe(0)
  w[0] = 8
  expect([store.find(), store.find()]).toEqual([-1, -1])
})

test('of the states of two depths all words are there, and of all states how they were found', () => {
  const { store, insert, w } = storeOf(new FingerprintTable(), 0)
  const tags: number[] = []
  for (let number = 0; number < 3000; number++) {
    insert(number)
    tags.push(store.tag)
  }
  store.takeRanges()
  for (let id = 0; id < 3000; id++) {
    store.open(id)
    insert(3000 + id)
    tags.push(store.tag)
  }
  store.takeRanges()
  for (const id of [0, 2999, 3000, 5999]) {
    store.read(id)
    expect([...w]).toEqual([id, id << 20])
  }
  store.open(3000)
  expect(() => store.read(0)).toThrow('not there')
  for (let id = 0; id < 6000; id++) expect(store.discoveries.of(id)).toEqual({ parent: id < 3000 ? -1 : id - 3000, tag: tags[id] })
  expect(new Set(tags).size).toBe(255)
})

test('it is full at its capacity, until that is raised and it has grown', () => {
  const { store, insert } = storeOf(new FingerprintTable(), 0, 2)
  insert(1)
  expect([store.isFull, store.isAtCapacity]).toEqual([false, false])
  insert(2)
  expect([store.isFull, store.isAtCapacity]).toEqual([true, true])
  expect(store.raise(2)).toBe(false)
  expect(store.raise(4)).toBe(true)
  expect([store.isFull, store.isAtCapacity]).toEqual([true, false])
  store.grow()
  expect([store.isFull, store.isAtCapacity]).toEqual([false, false])
})
