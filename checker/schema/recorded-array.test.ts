import { expect, test } from 'vitest'
import { domain } from './domain.js'
import { array, bool, type Field, int, oneOf } from './field.js'
import { type ArrayNode, layout } from './layout.js'
import { recordedArray } from './recorded-array.js'

type Elements = unknown[] & { readonly ids: readonly number[] }

/** An array whose words are between two others that are all ones, and what its log has heard. */
function of(element: Field, size: number, shift = 0) {
  const node = layout(array(domain('slot', size), element), (d) => d.size, 'map') as ArrayNode
  if (node.of.kind !== 'scalar') throw new Error('not an array of scalars')
  const w = new Int32Array(8).fill(-1)
  w.fill(0, 1, 7)
  const heard: string[] = []
  const log = {
    read: (...place: number[]) => void heard.push(`read ${place.join()}`),
    write: (...place: number[]) => void heard.push(`write ${place.join()}`),
  }
  const ids = Array.from({ length: size }, (_, i) => i + 1)
  return { w, heard, elements: recordedArray(node, node.of.codec, w, { word: 1, shift, path: 'map' }, ids, log) as Elements }
}

test('each access is heard, with the place of its element', () => {
  const { w, heard, elements } = of(int(0, 1023), 4)
  elements[4] = 1000
  expect([elements[3], elements[4], w[2]]).toEqual([0, 1000, 1000])
  expect(heard).toEqual(['write 2,0,1023', 'read 1,20,1023', 'read 2,0,1023'])
})

test('an element of 31 bits is written whole, and what lies beside it stays', () => {
  const { w, elements } = of(int(-5, 2 ** 31 - 7), 2)
  w[1] = 1 << 31
  elements[1] = 2 ** 31 - 7
  elements[2] = -5
  expect([elements[1], elements[2], w[0], w[1], w[2], w[3]]).toEqual([2 ** 31 - 7, -5, -1, (1 << 31) | (2 ** 31 - 2), 0, 0])
})

test('an array that starts within a word', () => {
  const { w, heard, elements } = of(bool, 3, 8)
  elements[2] = true
  expect([elements[1], elements[2], w[1]]).toEqual([false, true, 1 << 9])
  expect(heard).toEqual(['write 1,9,1', 'read 1,8,1', 'read 1,9,1'])
})

test('what walks an array reads as far as it goes', () => {
  const { heard, elements } = of(oneOf('red', 'green'), 3)
  elements[2] = 'green'
  heard.length = 0
  expect([...elements]).toEqual([undefined, 'red', 'green', 'red'])
  expect(heard).toHaveLength(3)
  heard.length = 0
  expect(elements.indexOf('green')).toBe(2)
  expect(heard).toEqual(['read 1,0,1', 'read 1,1,1'])
  expect(elements.map((e) => e === 'green')).toEqual([false, false, true, false])
})

test('NULL is no element, nor is what lies past the end; neither is heard, and its ids are a list', () => {
  const { heard, elements } = of(bool, 2)
  expect([elements[0], elements[3], elements.length, elements.ids]).toEqual([undefined, undefined, 3, [1, 2]])
  expect(heard).toEqual([])
})

test.each<[string, string | number, unknown, string]>([
  ['out of range', 2, 4, 'map[2] was given 4 (number); expected an integer from 0 to 3'],
  ['of another type', 1, 'x', "map[1] was given 'x'; expected an integer from 0 to 3"],
  ['at NULL', 0, 1, 'map was assigned at 0'],
  ['past the end', 3, 1, 'map was assigned at 3'],
  ['under a name', 'ids', [], 'map was assigned at ids'],
])('a value %s is refused, and changes nothing', (_, index, value, message) => {
  const { w, heard, elements } = of(int(0, 3), 2)
  expect(() => Object.assign(elements, { [index]: value })).toThrow(message)
  expect([w[1], heard]).toEqual([0, []])
})
