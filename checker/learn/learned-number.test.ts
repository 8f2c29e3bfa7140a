import fc from 'fast-check'
import { expect, test } from 'vitest'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { domain } from '../schema/domain.js'
import { array, int, schema } from '../schema/field.js'
import { LearnedNumber } from './learned-number.js'

const Wheel = domain('wheel', 8)
const { spec } = language(schema({ wheels: array(Wheel, int(0, 255)) }))
const subject = scenario(spec({ name: 's', title: '', properties: [] }), {
  name: 'x',
  title: '',
  expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 },
}) as unknown as Scenario

/** A number of the wheels, of which 1 to 4 are word 0 of a state; and how often it was computed. */
function subjectOf(numberOf: (wheels: readonly number[]) => number) {
  const system = new System(subject)
  const watched = new Int32Array(system.words)
  const times = { computed: 0 }
  const number = new LearnedNumber(
    system,
    (s) => {
      times.computed++
      return numberOf((s as { wheels: number[] }).wheels)
    },
    watched,
  )
  return { at: (...words: number[]) => number.at(Int32Array.from(words)), watched, times, number }
}

test('it is computed once for what it reads', () => {
  const { at, times, number } = subjectOf((wheels) => (wheels[6] === 0 ? (wheels[2] as number) : 1000))
  const property = fc.property(fc.nat(3), fc.nat(3), (second, sixth) => {
    expect(at(second << 8, sixth << 8)).toBe(sixth === 0 ? second : 1000)
  })
  fc.assert(property, { seed: 26, numRuns: 500 })
  expect([times.computed, number.learned]).toEqual([4 + 3, 4 + 3])
})

test('watched are the bits that it has read, also when it threw', () => {
  const { at, watched } = subjectOf((wheels) => {
    if (wheels[3] === 0) throw new Error('at zero')
    return wheels[5] as number
  })
  expect(() => at(0, 0)).toThrow('at zero')
  expect([...watched]).toEqual([0xff0000, 0])
  expect(at(1 << 16, 7)).toBe(7)
  expect([...watched]).toEqual([0xff0000, 0xff])
})

test('where there is no room to learn more, it is computed every time', () => {
  const { at, times } = subjectOf((wheels) => [1, 2, 3, 4].reduce((sum, wheel) => sum + (wheels[wheel] as number), 0))
  let n = 0
  while (n < 20_000) expect(at(Math.imul(++n, 0x9e3779b1), 0)).toBeGreaterThan(0)
  const before = times.computed
  expect([at(1, 0), at(2, 0), at(1, 0), at(2, 0), times.computed - before]).toEqual([1, 2, 1, 2, 4])
})
