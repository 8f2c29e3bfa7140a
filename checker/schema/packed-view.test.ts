import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Draw } from '../testing/draw.js'
import { drawBounds, drawFields } from '../testing/random-schema.js'
import { recordDecoder } from './decode.js'
import { domain, type Id } from './domain.js'
import { type ArrayField, array, type Field, type Fields, int, type RecordField, record, ref, schema } from './field.js'
import { layout, type RecordNode, type SizeOf } from './layout.js'
import { PackedView } from './packed-view.js'
import type { SetView } from './view.js'

type Holder = Record<string | number, unknown>

/** Writes a random value to every scalar and set inside a field; answers what `decode` should show. */
function fill(draw: Draw, field: Field, holder: Holder, key: string | number, sizeOf: SizeOf): unknown {
  const put = (value: unknown): unknown => {
    holder[key] = value
    return value
  }
  switch (field.kind) {
    case 'int':
      return put(draw.int(field.lo, field.hi))
    case 'bool':
      return put(draw.chance(50))
    case 'oneOf':
      return put(draw.from(field.names))
    case 'ref':
      return put(draw.int(0, sizeOf(field.domain)))
    case 'domain':
      return put(draw.int(1, sizeOf(field)))
    case 'set': {
      const ids = Array.from({ length: sizeOf(field.domain) }, (_, i) => i + 1).filter(() => draw.chance(50))
      const view = holder[key] as SetView<string>
      for (const id of ids) view.add(id as unknown as Id<string>)
      return ids
    }
    case 'array': {
      const { of } = field as ArrayField
      const ids = Array.from({ length: sizeOf(field.domain) }, (_, i) => i + 1)
      return Object.fromEntries(ids.map((id) => [id, fill(draw, of as Field, holder[key] as Holder, id, sizeOf)]))
    }
    case 'record': {
      const { fields } = field as RecordField<Fields>
      return Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, fill(draw, f, holder[key] as Holder, name, sizeOf)]))
    }
  }
}

test('what is written through a view is what decoding shows, and what another view of the same words reads', () => {
  const property = fc.property(fc.gen(), (g) => {
    const draw = new Draw(g)
    const [fields, bounds] = [drawFields(draw), drawBounds(draw)]
    const sizeOf: SizeOf = (d) => bounds[d.name] ?? d.size
    const node = layout(schema(fields), sizeOf, '') as RecordNode
    const w = new Int32Array('words' in node.extent ? node.extent.words : 1)
    const [view, other] = [new PackedView(w), new PackedView(w)]
    const [s, again] = [view.record(node, 0, 0, ''), other.record(node, 0, 0, '')]
    const written = fill(draw, schema(fields), { s }, 's', sizeOf)
    for (const a of view.arrays) a.commit()
    expect(recordDecoder(node, 'state')(w, 0, 0).toJS()).toEqual(written)
    other.load()
    expect(plain(again)).toEqual(plain(s))
  })
  fc.assert(property, { seed: 2, numRuns: 300 })
})

/** What a view shows, as plain data. */
function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.slice(1).map(plain)
  if ('toArray' in value) return (value as SetView<string>).toArray()
  const names = [...Object.keys(value), ...Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(value)))]
  const fields = names.filter((name) => !name.startsWith('$') && name !== 'constructor')
  return Object.fromEntries(fields.map((name) => [name, plain((value as Holder)[name])]))
}

const Desc = domain('desc', 2)
const node = layout(schema({ p: ref(Desc), desc: array(Desc, record({ refs: int(0, 3) })) }), (d) => d.size, '') as RecordNode

test('element 0 of an array of records is a NULL dereference, named by its path', () => {
  const s = new PackedView(new Int32Array(1)).record(node, 0, 0, '') as { desc: { refs: number }[] }
  expect(() => s.desc[0]?.refs).toThrow('desc[0].refs: NULL was dereferenced; test the reference first')
  expect(() => Object.assign(s.desc[0] ?? {}, { refs: 1 })).toThrow('desc[0].refs: NULL was dereferenced')
})

test('a misspelt field cannot be written, and an array of records takes no new element', () => {
  const s = new PackedView(new Int32Array(1)).record(node, 0, 0, '') as { desc: object[] }
  expect(() => Object.assign(s, { q: 1 })).toThrow(TypeError)
  expect(() => s.desc.push({})).toThrow(TypeError)
})
