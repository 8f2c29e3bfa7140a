import { expect, test } from 'vitest'
import type { Id } from './domain.js'
import { RecordedSet } from './recorded-set.js'

const id = (n: number): Id<string> => n as unknown as Id<string>

/** Two sets of three in one word, from bit 4 and from bit 7, and what their log has heard. */
function two() {
  const heard: string[] = []
  const log = {
    read: (_: number, shift: number, mask: number) => void heard.push(`read ${mask.toString(2)} at ${shift}`),
    write: (_: number, shift: number, mask: number) => void heard.push(`write ${mask.toString(2)} at ${shift}`),
  }
  const w = Int32Array.of(-1, 0)
  const [a, b] = [new RecordedSet(w, 1, 4, 3, 'a', log), new RecordedSet(w, 1, 7, 3, 'b', log)]
  b.add(id(2))
  a.add(id(3))
  heard.length = 0
  return { w, heard, a, b }
}
type Sets = ReturnType<typeof two>

test.each<[string, (sets: Sets) => unknown, unknown, string[]]>([
  ['has, of an element', ({ a }) => a.has(id(3)), true, ['read 1 at 6']],
  ['has, of what is none', ({ b }) => b.has(id(3)), false, ['read 1 at 9']],
  ['size', ({ a }) => a.size, 1, ['read 111 at 4']],
  ['toArray', ({ b }) => b.toArray(), [2], ['read 111 at 7']],
  ['equals', ({ a, b }) => a.equals(b), false, ['read 111 at 4', 'read 111 at 7']],
  ['isSubsetOf', ({ a, b }) => a.isSubsetOf(b), false, ['read 111 at 4', 'read 111 at 7']],
  ['isDisjointFrom', ({ a, b }) => a.isDisjointFrom(b), true, ['read 111 at 4', 'read 111 at 7']],
])('%s reads what it needs, and changes nothing', (_, ask, answer, expected) => {
  const sets = two()
  const before = sets.w.slice()
  expect(ask(sets)).toEqual(answer)
  expect([...sets.heard].sort()).toEqual(expected)
  expect(sets.w).toEqual(before)
})

test.each<[string, (sets: Sets) => void, number[], string[]]>([
  ['add', ({ a }) => a.add(id(1)), [1, 3], ['write 1 at 4']],
  ['delete', ({ a }) => a.delete(id(3)), [], ['write 1 at 6']],
  ['clear', ({ a }) => a.clear(), [], ['write 111 at 4']],
  ['assign', ({ a, b }) => a.assign(b), [2], ['read 111 at 7', 'write 111 at 4']],
  ['assign, of itself', ({ a }) => a.assign(a), [3], ['read 111 at 4', 'write 111 at 4']],
])('%s writes its own bits, and reads none that it does not need', (_, change, left, expected) => {
  const sets = two()
  change(sets)
  expect(sets.heard).toEqual(expected)
  expect([sets.a.toArray(), sets.b.toArray(), sets.w[0]]).toEqual([left, [2], -1])
})

test('31 elements', () => {
  const masks: number[] = []
  const log = { read: (_: number, shift: number, mask: number) => void masks.push(mask << shift), write() {} }
  const set = new RecordedSet(new Int32Array(1), 0, 1, 31, 'free', log)
  set.add(id(31))
  expect([set.toArray(), masks]).toEqual([[31], [-2]])
})

test('asked for what is no element, it names itself, and nothing is heard', () => {
  const { heard, a } = two()
  for (const ask of ['has', 'add', 'delete'] as const) expect(() => a[ask](id(4))).toThrow('a was asked for element 4; expected 1..3')
  expect(heard).toEqual([])
})
