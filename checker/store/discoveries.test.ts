import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Discoveries, type Discovery } from './discoveries.js'

/** Notes the successors of one state after the other, the initial ones first: true for a new one. Answers how each new one was found. */
function note(discoveries: Discoveries, expansions: readonly (readonly boolean[])[]): Discovery[] {
  return expansions.flatMap((successors, i) => {
    if (i > 0) discoveries.from(i - 1)
    return successors.flatMap((isNew, successor) => {
      if (isNew) discoveries.noteNew()
      else discoveries.noteOld()
      return isNew ? [{ parent: i - 1, successor }] : []
    })
  })
}

test('says how each state was found', () => {
  const few = fc.array(fc.boolean(), { maxLength: 8 })
  const many = fc.tuple(fc.integer({ min: 0, max: 800 }), few).map(([old, after]) => [...Array<boolean>(old).fill(false), true, ...after])
  const expansions = fc.array(fc.oneof({ weight: 9, arbitrary: few }, many), { maxLength: 60 })
  const property = fc.property(expansions, (drawn) => {
    const discoveries = new Discoveries()
    const found = note(discoveries, drawn)
    expect(found.map((_, state) => discoveries.of(state))).toEqual(found)
  })
  fc.assert(property, { seed: 20_261_120, numRuns: 300 })
})

test('also where it takes much memory, two bytes for a state that found one', () => {
  const discoveries = new Discoveries()
  const expansions = Array.from({ length: 300_000 }, (_, i) =>
    i % 3 === 0 ? [false, true, true, true] : i % 500 === 1 ? Array(600).fill(false) : [],
  )
  const found = note(discoveries, expansions)
  expect(discoveries.bytes / found.length).toBeLessThan(2.3)
  for (let state = 0; state < found.length; state += 997) expect(discoveries.of(state)).toEqual(found[state])
})

test('a state that was not found is none', () => {
  const discoveries = new Discoveries()
  expect(() => discoveries.of(0)).toThrow('state 0 was not found')
  discoveries.noteNew()
  expect(() => discoveries.of(1)).toThrow('state 1 was not found')
})

test('states are expanded in the order in which they were found; one may be looked at again', () => {
  const discoveries = new Discoveries()
  discoveries.noteNew()
  discoveries.from(0)
  discoveries.noteNew()
  discoveries.from(0)
  discoveries.noteNew()
  expect(discoveries.of(2)).toEqual({ parent: 0, successor: 1 })
  expect(() => discoveries.from(2)).toThrow('state 2 is expanded after state 0')
})
