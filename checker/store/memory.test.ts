import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryStore } from './memory.js'

/** The model: ids by the words of the state. */
class Model {
  readonly ids = new Map<string, number>()

  insert(w: Int32Array): number {
    const id = this.ids.get(w.join())
    if (id !== undefined) return ~id
    this.ids.set(w.join(), this.ids.size)
    return this.ids.size - 1
  }
}

test('does what a Map does, and reads back what was put in', () => {
  const state = fc.array(fc.oneof(fc.integer({ min: -2, max: 2 }), fc.integer()), { minLength: 3, maxLength: 3 })
  const property = fc.property(fc.array(state, { maxLength: 200 }), (states) => {
    const [store, model] = [new MemoryStore(3), new Model()]
    for (const [parent, numbers] of states.entries()) {
      const w = Int32Array.from(numbers)
      expect(store.find(w)).toBe(model.ids.get(w.join()) ?? -1)
      const id = store.insert(w, parent)
      expect(id).toBe(model.insert(w))
      if (id >= 0) expect(store.parentOf(id)).toBe(parent)
    }
    const into = new Int32Array(3)
    for (const [text, id] of model.ids) {
      store.read(id, into)
      expect(into.join()).toBe(text)
    }
    expect(store.size).toBe(model.ids.size)
  })
  fc.assert(property, { seed: 7 })
})

/** Differs from most others in one word alone, so that each word must be compared. */
function nthState(i: number, w: Int32Array): Int32Array {
  w.fill(-7)
  w[i % w.length] = i % 2 === 0 ? i : Math.imul(i, 0x9e3779b9)
  return w
}

test('keeps 600,000 states apart while its table grows and its segments fill', () => {
  const count = 600_000
  const [store, w, into] = [new MemoryStore(6), new Int32Array(6), new Int32Array(6)]
  const before = store.bytes
  for (let i = 0; i < count; i++) if (store.insert(nthState(i, w), i - 1) !== i) throw new Error(`state ${i} was taken for another`)
  for (let i = 0; i < count; i++) {
    if (store.insert(nthState(i, w), 5) !== ~i || store.find(w) !== i) throw new Error(`state ${i} was not found again`)
    store.read(i, into)
    if (into.some((word, k) => word !== w[k]) || store.parentOf(i) !== i - 1) throw new Error(`state ${i} was read wrongly`)
  }
  expect(store.size).toBe(count)
  expect(store.find(nthState(count, w))).toBe(-1)
  expect(store.bytes).toBeGreaterThan(before + count * (6 + 1) * 4)
})
