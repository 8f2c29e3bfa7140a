import { expect, test } from 'vitest'
import { recordDecoder } from './decode.js'
import { domain } from './domain.js'
import { array, bool, int, oneOf, record, ref, schema, set } from './field.js'
import { writeInitial } from './initial-words.js'
import { layout, type RecordNode } from './layout.js'

const Slot = domain('slot', 3)

test('integers start at 0 or at their lowest, the rest at what its code 0 stands for', () => {
  const pool = array(Slot, record({ credit: int(-7, 7), age: int(3, 9), debt: int(-100_000, -50_000) }))
  const state = schema({ pool, free: set(Slot), p: ref(Slot), on: bool, mode: oneOf('idle', 'busy'), map: array(Slot, int(-1, 1)) })
  const node = layout(state, (d) => d.size, '') as RecordNode
  const w = new Int32Array('words' in node.extent ? node.extent.words : 1)
  writeInitial(node, w, 0, 0)
  const fresh = { credit: 0, age: 3, debt: -100_000 }
  expect(recordDecoder(node, 'state')(w, 0, 0).toJS()).toEqual({
    pool: { 1: fresh, 2: fresh, 3: fresh },
    free: [],
    p: 0,
    on: false,
    mode: 'idle',
    map: { 1: 0, 2: 0, 3: 0 },
  })
})
