import { expect, test } from 'vitest'
import { choose, int, language, process, record, ref, ret, type Scenario, scenario, schema, Thread } from '../../checker/index.js'
import { hasField, heaviest, locksTogether, measured } from './measure.js'

const lock = record({ owner: ref(Thread) })
const state = schema({ outer: lock, inner: lock, x: int(0, 3), y: int(0, 3) })
const { procedure, spec } = language(state)

/** Takes both locks, looks at x once or twice, and writes y. */
const looker = procedure(
  'look',
  {},
  {
    outer(s, me) {
      s.outer.owner = me.self
      return 'inner'
    },
    inner(s, me) {
      s.inner.owner = me.self
      return 'look'
    },
    look(s) {
      return s.x === 0 && choose([false, true]) ? 'again' : 'unlock'
    },
    again(s) {
      s.y = s.x + 1
      return 'unlock'
    },
    unlock(s) {
      s.inner.owner = 0
      s.outer.owner = 0
      return ret()
    },
  },
)

const circle = procedure(
  'circle',
  {},
  {
    there(s) {
      s.x = 1
      return 'back'
    },
    back(s) {
      s.x = 0
      return 'there'
    },
  },
)

const expected = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
const toy = spec({ name: 'toy', title: 'A process that looks', properties: [] })
const run = scenario(toy, { name: 'look', title: '', run: [process('looker', looker)({})], expect: expected }) as Scenario

test('the heaviest way is the longest where all steps weigh the same', () => {
  const steps = ['look.outer', 'look.inner', 'look.look', 'look.again', 'look.unlock']
  expect(heaviest(measured(run), () => 1)).toEqual(steps)
})

test('a step touches the variables that it asks for', () => {
  const { touched } = measured(run)
  expect([...touched].map(([step, variables]) => [step, [...variables].sort().join()])).toEqual([
    ['look.outer', 'outer'],
    ['look.inner', 'inner'],
    ['look.look', 'x'],
    ['look.again', 'x,y'],
    ['look.unlock', 'inner,outer'],
  ])
})

test('the locks that it holds at once', () => expect(locksTogether(run, measured(run))).toEqual([['inner', 'outer']]))

test('a way without an end is none', () => {
  const round = scenario(toy, { name: 'round', title: '', run: [process('circle', circle)({})], expect: expected }) as Scenario
  expect(() => heaviest(measured(round), () => 1)).toThrow('a way goes in a circle')
})

test('a field is there, or is not', () => {
  expect(['x', 'outer.owner', 'z', 'x.owner', 'x[]'].map((path) => hasField(state, path))).toEqual([true, true, false, false, false])
})
