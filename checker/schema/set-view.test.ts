import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Id } from './domain.js'
import { PackedSet } from './set-view.js'

const id = (n: number): Id<string> => n as unknown as Id<string>

type Command = readonly ['add' | 'delete' | 'assign' | 'clear', number]

test('two sets in one word do what two JavaScript sets do', () => {
  const sizes = fc.integer({ min: 1, max: 16 })
  const name = fc.constantFrom('add', 'add', 'add', 'delete', 'assign', 'clear')
  const commands = fc.array(fc.tuple(name, fc.nat(30)), { maxLength: 40 }) as fc.Arbitrary<readonly Command[]>
  const property = fc.property(sizes, commands, (size, list) => {
    const w = Int32Array.of(-1, 0, -1)
    const [a, b] = [new PackedSet(w, 1, 32 - 2 * size, size, 'a'), new PackedSet(w, 1, 32 - size, size, 'b')]
    const y = new Set<number>()
    let x = new Set<number>()
    for (const [command, n] of list) {
      const [set, model] = n % 2 === 0 ? [a, x] : [b, y]
      const element = 1 + (n % size)
      if (command === 'add') [set.add(id(element)), model.add(element)]
      if (command === 'delete') [set.delete(id(element)), model.delete(element)]
      if (command === 'clear') [set.clear(), model.clear()]
      if (command === 'assign') {
        a.assign(b)
        x = new Set(y)
      }
      expect([a.toArray(), b.toArray()]).toEqual([[...x], [...y]].map((s) => s.sort((p, q) => p - q)))
      expect([a.size, b.size, a.has(id(element))]).toEqual([x.size, y.size, x.has(element)])
      const common = [...x].filter((e) => y.has(e)).length
      expect([a.isSubsetOf(b), a.isDisjointFrom(b)]).toEqual([common === x.size, common === 0])
      expect(a.equals(b)).toBe(common === x.size && common === y.size)
    }
    expect([w[0], w[2]]).toEqual([-1, -1])
  })
  fc.assert(property, { seed: 4 })
})

test('holds 31 elements', () => {
  const set = new PackedSet(new Int32Array(1), 0, 0, 31, 'free')
  for (let n = 1; n <= 31; n++) set.add(id(n))
  expect([set.size, set.has(id(31)), set.toArray().at(-1)]).toEqual([31, true, 31])
})

test.each([0, 4, 1.5, undefined])('asked for element %s of three, it names itself and the range', (n) => {
  const set = new PackedSet(new Int32Array(1), 0, 0, 3, 'free')
  const message = `free was asked for element ${n}; expected 1..3`
  for (const ask of ['has', 'add', 'delete'] as const) expect(() => set[ask](id(n as number))).toThrow(message)
})
