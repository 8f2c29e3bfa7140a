import { expect, test } from 'vitest'
import { domain } from './domain.js'
import { array, type Field, int } from './field.js'
import { type ArrayNode, layout } from './layout.js'
import { ScalarArray } from './scalar-array.js'

function of(element: Field, size: number): { w: Int32Array; a: ScalarArray } {
  const node = layout(array(domain('slot', size), element), (d) => d.size, 'map') as ArrayNode
  if (node.of.kind !== 'scalar') throw new Error('not an array of scalars')
  const w = new Int32Array(8).fill(-1)
  const a = new ScalarArray(node, node.of.codec, w, 1, 0, 'map')
  w.fill(0, 1, 7)
  a.load()
  return { w, a }
}

test('commit packs what has changed, across words', () => {
  const { w, a } = of(int(-3, 1000), 7)
  for (let i = 1; i <= 7; i++) a.elements[i] = i - 4
  a.commit()
  a.elements.fill(999, 1)
  a.load()
  expect(a.elements).toEqual([undefined, -3, -2, -1, 0, 1, 2, 3])
  expect([w[0], w[7]]).toEqual([-1, -1])
})

test('restore undoes assignments, and removes elements that do not belong', () => {
  const { a } = of(int(0, 3), 2)
  a.elements[2] = 3
  a.elements[5] = 1
  a.restore()
  expect(a.elements).toEqual([undefined, 0, 0])
})

test.each<[string, number, unknown, string]>([
  ['out of range', 2, 4, 'map[2] was given 4 (number); expected an integer from 0 to 3'],
  ['of another type', 1, 'x', "map[1] was given 'x'; expected an integer from 0 to 3"],
  ['at NULL', 0, 1, 'map was assigned at index 0 (NULL); expected an index from 1 to 2'],
  ['past the end', 3, 1, 'map was assigned at index 3; expected an index from 1 to 2'],
])('a value %s is refused when it is packed', (_, index, value, message) => {
  const { a } = of(int(0, 3), 2)
  a.elements[index] = value as number
  expect(() => a.commit()).toThrow(message)
})
