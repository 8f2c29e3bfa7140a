import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Discoveries, type Discovery, TAGS } from './discoveries.js'

/** Notes the tags of what is found first, then of what each state finds. Answers how each state was found. */
function note(discoveries: Discoveries, expansions: readonly (readonly number[])[]): Discovery[] {
  return expansions.flatMap((tags, i) => {
    if (i > 0) discoveries.from(i - 1)
    for (const tag of tags) discoveries.add(tag)
    return tags.map((tag) => ({ parent: i - 1, tag }))
  })
}

test('says how each state was found', () => {
  const tags = fc.array(fc.integer({ min: 0, max: TAGS - 1 }), { maxLength: 8 })
  const property = fc.property(fc.array(tags, { maxLength: 60 }), (drawn) => {
    const discoveries = new Discoveries()
    const found = note(discoveries, drawn)
    expect(found.map((_, state) => discoveries.of(state))).toEqual(found)
  })
  fc.assert(property, { seed: 20_261_120, numRuns: 300 })
})

test('also where that takes much memory, two bytes for a state', () => {
  const discoveries = new Discoveries()
  const expansions = Array.from({ length: 300_000 }, (_, i) => (i % 3 === 0 ? [i % TAGS, 7, (3 * i) % TAGS] : []))
  const found = note(discoveries, expansions)
  expect(discoveries.bytes / found.length).toBeLessThan(2.2)
  for (let state = 0; state < found.length; state += 97) expect(discoveries.of(state)).toEqual(found[state])
})

test('a state that was not found is none', () => {
  const discoveries = new Discoveries()
  expect(() => discoveries.of(0)).toThrow('state 0 was not found')
  discoveries.add(5)
  expect(() => discoveries.of(1)).toThrow('state 1 was not found')
})

test('states are expanded in the order in which they were found; one may be looked at again', () => {
  const discoveries = new Discoveries()
  discoveries.add(1)
  discoveries.from(0)
  discoveries.add(2)
  discoveries.from(0)
  discoveries.add(3)
  expect(discoveries.of(2)).toEqual({ parent: 0, tag: 3 })
  expect(() => discoveries.from(2)).toThrow('state 2 is expanded after state 0')
})
