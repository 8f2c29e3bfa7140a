import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Draw } from '../testing/draw.js'
import { drawBounds, drawFields } from '../testing/random-schema.js'
import { type Domain, domain } from './domain.js'
import { array, bool, type Field, int, record, schema, set } from './field.js'
import { elementPlace, layout, type Node, pack, packFrom } from './layout.js'

interface Leaf {
  readonly word: number
  readonly shift: number
  readonly bits: number
}

/** Every scalar and set, with its absolute place. */
function leavesOf(node: Node, word: number, shift: number): Leaf[] {
  switch (node.kind) {
    case 'record':
      return node.members.flatMap((m) => leavesOf(m.node, word + m.place.word, shift + m.place.shift))
    case 'array':
      return Array.from({ length: node.size }, (_, i) => elementPlace(node, i)).flatMap((p) =>
        leavesOf(node.of, word + p.word, shift + p.shift),
      )
    default:
      return [{ word, shift, bits: node.extent.bits }]
  }
}

const sizeOf = (d: Domain): number => d.size

test('no two scalars overlap, none straddles a word, all lie inside the extent', () => {
  const schemas = fc.gen().map((g) => {
    const draw = new Draw(g)
    return { fields: drawFields(draw), bounds: drawBounds(draw) }
  })
  const property = fc.property(schemas, ({ fields, bounds }) => {
    const node = layout(schema(fields), (d) => bounds[d.name] ?? d.size, '')
    const leaves = leavesOf(node, 0, 0)
    const { extent } = node
    const taken = new Set<number>()
    for (const { word, shift, bits } of leaves) {
      expect(shift + bits).toBeLessThanOrEqual('bits' in extent ? extent.bits : 32)
      expect(word).toBeLessThan('words' in extent ? extent.words : 1)
      for (let bit = 0; bit < bits; bit++) taken.add(word * 32 + shift + bit)
    }
    expect(taken.size).toBe(leaves.reduce((sum, { bits }) => sum + bits, 0))
  })
  fc.assert(property, { seed: 1, numRuns: 500 })
})

test('what fits in one word takes bits; a bit more takes two words', () => {
  const Three = domain('three', 3)
  const ten = array(Three, int(0, 1023))
  expect(layout(record({ ten, two: int(0, 3) }), sizeOf, '').extent).toEqual({ bits: 32 })
  expect(layout(record({ ten, three: int(0, 7) }), sizeOf, '').extent).toEqual({ words: 2 })
})

test('widest first, each in the first word with room', () => {
  const { places, extent } = pack([{ bits: 1 }, { bits: 30 }, { words: 2 }, { bits: 3 }, { bits: 2 }])
  expect(places).toEqual([
    { word: 3, shift: 3 },
    { word: 2, shift: 0 },
    { word: 0, shift: 0 },
    { word: 3, shift: 0 },
    { word: 2, shift: 30 },
  ])
  expect(extent).toEqual({ words: 4 })
})

test('one after another, from a place inside a word', () => {
  const { places, end } = packFrom({ word: 1, shift: 30 }, [{ bits: 2 }, { bits: 1 }, { bits: 31 }, { bits: 1 }])
  expect(places).toEqual([
    { word: 1, shift: 30 },
    { word: 2, shift: 0 },
    { word: 2, shift: 1 },
    { word: 3, shift: 0 },
  ])
  expect(end).toEqual({ word: 3, shift: 1 })
})

const refused: readonly [string, Field, string][] = [
  ['a set over a large domain', schema({ free: set(domain('page', 32)) }), "free: a set holds at most 31 elements; domain 'page' has 32"],
  ['a name that is no identifier', schema({ 'a-b': bool }), "state: 'a-b' cannot name a field; use letters, digits and _"],
  ['a name that classes have', schema({ pool: record({ constructor: bool }) }), "pool: 'constructor' cannot name a field"],
  ['an empty range, by its path', schema({ pool: array(domain('d', 2), record({ n: int(1, 0) })) }), 'pool[].n: int(1, 0) has no values'],
]

test.each(refused)('refuses %s', (_, field, message) => {
  expect(() => layout(field, sizeOf, '')).toThrow(message)
})
