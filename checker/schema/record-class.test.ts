import { expect, test } from 'vitest'
import { domain } from './domain.js'
import { bool, type Fields, int, oneOf, record, ref } from './field.js'
import { layout, type RecordNode } from './layout.js'
import { recordClass } from './record-class.js'

const Desc = domain('desc', 3)
const fields = { refs: int(-2, 5), type: oneOf('file', 'zero'), locked: bool, next: ref(Desc), owner: Desc, far: int(0, 2 ** 31 - 1) }
type Shown = { refs: unknown; type: unknown; locked: unknown; next: unknown; owner: unknown; far: unknown }

function instance(of: Fields, path: string): { w: Int32Array; view: Shown } {
  const node = layout(record(of), (d) => d.size, path) as RecordNode
  const w = new Int32Array(3).fill(-1)
  const view = new (recordClass(node, w))('words' in node.extent ? 1 : 0, 0, path, {}) as Shown
  return { w, view }
}

test('fields keep apart what is written to them, the highest bits included', () => {
  const { view } = instance(fields, 'desc[2]')
  Object.assign(view, { refs: -2, type: 'zero', locked: true, next: 0, owner: 3, far: 2 ** 31 - 1 })
  expect([view.refs, view.type, view.locked, view.next, view.owner, view.far]).toEqual([-2, 'zero', true, 0, 3, 2 ** 31 - 1])
  Object.assign(view, { refs: 5, type: 'file', locked: false, next: 3, owner: 1, far: 0 })
  expect([view.refs, view.type, view.locked, view.next, view.owner, view.far]).toEqual([5, 'file', false, 3, 1, 0])
})

test('a write leaves the words of others alone', () => {
  const { w, view } = instance({ a: bool, far: int(0, 2 ** 31 - 1), b: int(0, 100) }, '')
  Object.assign(view, { a: false, far: 0, b: 0 })
  expect(w[0]).toBe(-1)
})

test.each<[keyof Shown, unknown, string]>([
  ['refs', 6, 'desc[2].refs was given 6 (number); expected an integer from -2 to 5'],
  ['refs', -3, 'desc[2].refs was given -3 (number); expected an integer from -2 to 5'],
  ['refs', 0.5, 'desc[2].refs was given 0.5 (number); expected an integer from -2 to 5'],
  ['refs', undefined, 'desc[2].refs was given undefined (undefined); expected an integer from -2 to 5'],
  ['far', 2 ** 31, 'desc[2].far was given 2147483648 (number)'],
  ['type', 'zswap', "desc[2].type was given 'zswap'; expected one of 'file', 'zero'"],
  ['locked', 1, 'desc[2].locked was given 1 (number); expected true or false'],
  ['next', 4, 'desc[2].next was given 4 (number); expected 0 (NULL) or one of desc 1..3'],
  ['owner', 0, 'desc[2].owner was given 0 (number); expected one of desc 1..3'],
])('%s = %s is refused', (name, value, message) => {
  const { w, view } = instance(fields, 'desc[2]')
  const before = [...w]
  expect(() => Object.assign(view, { [name]: value })).toThrow(message)
  expect([...w]).toEqual(before)
})

test('a variable of the state is named without a dot', () => {
  expect(() => Object.assign(instance(fields, '').view, { refs: 9 })).toThrow(/^refs was given 9/)
})
