import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SpecFault } from '../fault.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { domain } from '../schema/domain.js'
import { array, int, schema } from '../schema/field.js'
import { LearnedPredicates, type Predicate } from './learned-predicates.js'

const Wheel = domain('wheel', 8)
const { spec } = language(schema({ wheels: array(Wheel, int(0, 255)) }))
const subject = scenario(spec({ name: 's', title: '', properties: [] }), {
  name: 'x',
  title: '',
  expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 },
}) as unknown as Scenario

/** What the predicates see; wheels 1 to 4 are word 0 of a state. */
interface Shown {
  readonly wheels: number[]
}
type Asked = (before: Shown, after: Shown) => boolean

/** Predicates of wheels, and how often each was evaluated. */
function subjectOf(...predicates: Asked[]) {
  const system = new System(subject)
  const watched = new Int32Array(system.words)
  const times = predicates.map(() => 0)
  const counted = predicates.map(
    (holds, i): Predicate =>
      (before, after) => {
        times[i] = (times[i] ?? 0) + 1
        return holds(before as Shown, after as Shown)
      },
  )
  const learned = new LearnedPredicates(system, counted, watched)
  const answer = (before: readonly number[], after: readonly number[], predicate = 0): boolean | undefined => {
    system.current.set(before)
    system.w.set(after)
    return learned.answer(predicate)
  }
  return { answer, watched, times, learned }
}

test('the answer is that of the predicate, which is evaluated once for what it reads', () => {
  const rises: Asked = (before, after) => (before.wheels[1] as number) < (after.wheels[1] as number)
  const isLow: Asked = (_, after) => (after.wheels[6] === 0 ? after.wheels[2] === 0 : after.wheels[6] === 1)
  const state = fc.tuple(fc.nat(3), fc.nat(3)).map(([low, high]) => [low | (high << 8), (low * high) << 8])
  const { answer, times, learned } = subjectOf(rises, isLow)
  const property = fc.property(state, state, ([a = 0, b = 0], [c = 0, d = 0]) => {
    expect(answer([a, b], [c, d], 0)).toBe((a & 255) < (c & 255))
    const [second, sixth] = [(c >>> 8) & 255, (d >>> 8) & 255]
    expect(answer([a, b], [c, d], 1)).toBe(sixth === 0 ? second === 0 : sixth === 1)
  })
  fc.assert(property, { seed: 15, numRuns: 1000 })
  expect([times, learned.learned]).toEqual([[16, 4 + 6], 16 + 4 + 6])
})

describe('watched are', () => {
  test('the bits of the later state that an evaluation has read', () => {
    const { answer, watched } = subjectOf(
      (before, after) => before.wheels[8] === 0 && after.wheels[2] === 0 && after.wheels[5] === 0,
      (_, after) => after.wheels[4] === 0,
    )
    answer([0, 0], [1 << 8, 0])
    expect([...watched]).toEqual([0xff00, 0])
    answer([0, 0], [0, 0])
    expect([...watched]).toEqual([0xff00, 0xff])
    answer([0, 0], [0, 0], 1)
    expect([...watched]).toEqual([0xff00 | (0xff << 24), 0xff])
  })

  test('those that it had read when it threw', () => {
    const { answer, watched, times } = subjectOf((_, after) => {
      if (after.wheels[3] === 0) throw new Error('at zero')
      return true
    })
    expect(() => answer([0, 0], [0, 0])).toThrow('at zero')
    expect([...watched]).toEqual([0xff0000, 0])
    expect(() => answer([0, 0], [0, 0])).toThrow('at zero')
    expect([answer([0, 0], [1 << 16, 0]), times]).toEqual([true, [3]])
  })

  test('all, when there is no room to learn more', () => {
    const read: Asked = (_, after) => [1, 2, 3, 4].every((wheel) => after.wheels[wheel] !== 256)
    const { answer, watched, times } = subjectOf(read, () => true)
    answer([0, 0], [0, 0])
    let [n, answered] = [0, 0]
    while (answer([0, 0], [Math.imul(++n, 0x9e3779b1), 0]) !== undefined && n < 20_000) answered = n
    expect([answered > 1_000, answered + 1 === n, times[0] === answered + 1]).toEqual([true, true, true])
    expect([...watched]).toEqual([-1, -1])
    expect([answer([0, 0], [0, 0]), answer([0, 0], [0, 0], 1)]).toEqual([true, undefined])
  })
})

test('one that reads something else from states that look the same to it is impure', () => {
  let wheel = 1
  const { answer } = subjectOf((_, after) => after.wheels[wheel] === 0)
  answer([0, 0], [0, 0])
  wheel = 2
  expect(() => answer([0, 0], [1, 0])).toThrow(SpecFault)
})
