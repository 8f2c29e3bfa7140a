import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ARITY } from './parts.js'
import { StateTree, type TreeMemory, treeMemory } from './state-tree.js'
import { touchedBit } from './tree-shape.js'

/** A store of states of `words` words, and the words that it takes states from and puts them to. */
function treeOf(words: number, memory: TreeMemory = treeMemory(words, 1 << 12, 1 << 12)) {
  const [w, current] = [new Int32Array(words), new Int32Array(words)]
  const store = new StateTree(w, current, memory)
  const insert = (state: readonly number[], touched?: number): number => {
    w.set(state)
    return store.insert(touched)
  }
  return { w, current, store, insert }
}

/** Few values, so that states share parts, and now and then any. */
const word = fc.oneof({ weight: 5, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.integer() })
const statesOf = (words: number, count: number) =>
  fc.uniqueArray(fc.array(word, { minLength: words, maxLength: words }), { selector: (s) => s.join(), minLength: 1, maxLength: count })

test('states of 1 to 40 words have one id each, which opens and finds them', () => {
  const lists = fc.integer({ min: 1, max: 40 }).chain((words) => statesOf(words, 30))
  const property = fc.property(lists, (states) => {
    const { w, current, store, insert } = treeOf(states[0]?.length ?? 0)
    for (const [id, state] of states.entries()) {
      w.set(state)
      expect(store.find()).toBe(-1)
      expect(insert(state)).toBe(id)
      expect(insert(state)).toBe(~id)
    }
    for (const [id, state] of states.entries()) {
      w.fill(7)
      store.open(id)
      expect([[...w], [...current], store.find()]).toEqual([state, state, id])
    }
    expect([store.added, store.takeRanges()]).toEqual([states.length, [0, states.length]])
  })
  fc.assert(property, { seed: 9, numRuns: 200 })
})

describe('a successor', () => {
  /** A state, and what its successors write: words and values. */
  const family = fc.integer({ min: 1, max: 70 }).chain((words) => {
    const change = fc.tuple(fc.nat(words - 1), word)
    return fc.tuple(fc.array(word, { minLength: words, maxLength: words }), fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 }))
  })

  function touchedBy(before: readonly number[], after: readonly number[]): number {
    return before.reduce((bits, value, i) => (value === after[i] ? bits : bits | touchedBit(i)), 0)
  }

  test.each([false, true])(
    'has the same id whether all its words are touched or those alone that changed; moved meanwhile: %s',
    (moves) => {
      let long = 0
      const property = fc.property(family, ([parent, changes]) => {
        const words = parent.length
        const [plain, quick] = [treeOf(words), treeOf(words)]
        for (const { insert } of [plain, quick]) insert(parent)
        const seen = [parent]
        for (const [i, change] of changes.entries()) {
          const id = i % seen.length
          for (const { store } of [plain, quick]) store.open(id)
          if (moves) quick.store.moveTo(treeMemory(words, 1 << (13 + i), 1 << (13 + i)))
          const from = [...quick.w]
          const to = [...from]
          for (const [at, value] of change) to[at] = value
          const expected = plain.insert(to)
          expect(quick.insert(to, touchedBy(from, to))).toBe(expected)
          expect([quick.insert(to, touchedBy(from, to)), quick.store.find()].map((n) => (n < 0 ? ~n : n))).toEqual(
            Array.from({ length: 2 }, () => (expected < 0 ? ~expected : expected)),
          )
          if (expected >= 0) seen.push(to)
          if (words > 31) long++
        }
        for (const [id, state] of seen.entries()) {
          quick.store.open(id)
          expect([...quick.w]).toEqual(state)
        }
      })
      fc.assert(property, { seed: 10, numRuns: moves ? 60 : 300 })
      expect(long).toBeGreaterThan(20)
    },
  )

  test('has the same id whether its parts are looked for, or remembered from an earlier step that wrote the same', () => {
    const property = fc.property(family, fc.array(fc.nat(), { maxLength: 40 }), ([parent, changes], picks) => {
      const [plain, quick] = [treeOf(parent.length), treeOf(parent.length)]
      for (const { insert } of [plain, quick]) insert(parent)
      for (const [i, pick] of picks.entries()) {
        const change = pick % (changes.length + 1)
        for (const { store } of [plain, quick]) store.open(i % plain.store.added)
        const from = [...quick.w]
        const to = [...from]
        for (const [at, value] of changes[change] ?? []) to[at] = value
        quick.w.set(to)
        quick.store.add(touchedBy(from, to), 0, change + 1)
        quick.store.settle(() => {})
        const expected = plain.insert(to)
        expect(quick.store.find()).toBe(expected < 0 ? ~expected : expected)
      }
    })
    fc.assert(property, { seed: 11, numRuns: 300 })
  })

  test('whose step wrote what an earlier one wrote in the same part is not looked for', () => {
    const { w, store, insert } = treeOf(40)
    insert(Array.from({ length: 40 }, () => 0))
    store.open(0)
    const added = [7, 8].map((value) => {
      w[0] = value
      store.add(touchedBit(0), 0, 1)
      store.settle(() => {})
      return store.added
    })
    expect(added).toEqual([2, 2])
  })

  test('takes the parts of its parent as they are, where nothing is touched', () => {
    const { store, insert } = treeOf(40)
    const parent = Array.from({ length: 40 }, (_, i) => i)
    insert(parent)
    store.open(0)
    expect(
      insert(
        parent.map((n) => n + 1),
        0,
      ),
    ).toBe(~0)
  })
})

test('as many states as are inserted are kept, while both tables grow', () => {
  const { w, store, insert } = treeOf(20, treeMemory(20, 1 << 14, 1 << 17))
  const state = (n: number): number[] => Array.from({ length: 20 }, (_, i) => (i % 3 === 0 ? n : i % 3 === 1 ? n >>> 6 : n & 63))
  for (let n = 0; n < 9_000; n++) {
    if (store.isFull) store.grow()
    if (insert(state(n)) !== n) throw new Error(`state ${n} has another id`)
  }
  for (let id = 0; id < 9_000; id += 7) {
    store.open(id)
    expect([...w]).toEqual(state(id))
  }
  expect([store.isFull, store.added]).toEqual([false, 9_000])
})

test('more inner nodes than half a word can number are told apart, by states that were added before and after', () => {
  const memory = treeMemory(8, 1 << 16, 1 << 18)
  const { w, store, insert } = treeOf(8, memory)
  const state = (n: number): number[] => [n, 0, 3 * n, 1, n ^ 5, 2, ~n, 3]
  const COUNT = 40_000
  for (let n = 0; n < COUNT; n++) {
    if (store.isFull) store.grow()
    if (insert(state(n)) !== n) throw new Error(`state ${n} has another id`)
  }
  const isLong = (id: number): boolean => new Int32Array(memory.roots.rows)[2 * id] === -1
  expect([isLong(0), isLong(16_300), isLong(16_400), isLong(COUNT - 1)]).toEqual([false, false, true, true])
  for (let id = 0; id < COUNT; id += 7) {
    store.open(id)
    expect([[...w], insert(state(id), touchedBit(2)), store.find()]).toEqual([state(id), ~id, id])
    w[0] = -1
    expect(store.find()).toBe(-1)
  }
})

test('in other parts, states keep their ids and are found, and others are added to them', () => {
  const words = 11
  const shuffled = fc.shuffledSubarray(
    Array.from({ length: words }, (_, i) => i),
    { minLength: words },
  )
  const property = fc.property(statesOf(words, 40), shuffled, fc.nat(20), (states, order, known) => {
    const { w, store, insert } = treeOf(words)
    for (const state of states.slice(0, known)) insert(state)
    store.takeRanges()
    const parts = Array.from({ length: ARITY }, (_, i) => order.filter((_, place) => Math.min(place >>> 1, ARITY - 1) === i))
    store.rebuildIn(treeMemory(words, 1 << 13, 1 << 13, parts))
    expect([store.parts, store.added, store.takeRanges()]).toEqual([parts, Math.min(known, states.length), []])
    for (const [id, state] of states.entries()) expect(insert(state)).toBe(id < known ? ~id : id)
    for (const [id, state] of states.entries()) {
      store.open(id)
      expect([...w]).toEqual(state)
    }
  })
  fc.assert(property, { seed: 16, numRuns: 100 })
})

test('it is full when either table is, and at its capacity when that has no room to grow', () => {
  const state = (n: number): number[] => [n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7]
  for (const [states, nodes, most] of [
    [1 << 12, 1 << 14, 3_073],
    [1 << 14, 1 << 12, 3_067],
  ] as const) {
    const { store, insert } = treeOf(8, treeMemory(8, states, nodes))
    let n = 0
    for (; !store.isAtCapacity; n++) {
      if (store.isFull) store.grow()
      expect([store.isFull, insert(state(n))]).toEqual([false, n])
    }
    expect([store.isFull, n]).toEqual([true, most])
    const { growth, bytes } = store
    expect(store.hasRoomIn(treeMemory(8, 2 * states, nodes))).toBe(states < nodes)
    expect(store.hasRoomIn(treeMemory(8, states, 2 * nodes))).toBe(nodes < states)
    store.moveTo(treeMemory(8, 1 << 14, 1 << 14))
    expect([store.isFull, store.isAtCapacity, store.growth, store.bytes]).toEqual([true, false, growth, bytes])
    store.grow()
    expect([store.isFull, store.growth, store.bytes - bytes]).toEqual([false, 0, growth])
    expect([insert(state(0)), insert(state(n - 1)), insert(state(n)), store.added]).toEqual([~0, ~(n - 1), n, n + 1])
  }
})

test('two over one memory see the states of each other', () => {
  const memory = treeMemory(9, 1 << 14, 1 << 14)
  const first = treeOf(9, memory)
  const state = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  first.insert(state)
  const { bytes, sharing } = first.store
  first.store.share()
  expect([first.store.bytes - bytes, sharing, first.store.sharing]).toEqual([2 * 4 * (2 ** 14 - 2 ** 12), sharing, 0])
  const second = treeOf(9, memory)
  second.store.share()
  expect([second.insert(state), second.insert(state.toReversed()), first.insert(state.toReversed())]).toEqual([~0, 128, ~128])
  second.store.open(0)
  expect([[...second.w], first.store.added, second.store.added, first.store.bytes - second.store.bytes]).toEqual([state, 1, 1, 0])
})
