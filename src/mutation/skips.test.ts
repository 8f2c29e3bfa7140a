import { expect, test } from 'vitest'
import { bool, call, int, language, process, ret, scenario, schema, tail } from '../../checker/index.js'
import { fates } from '../testing/tried.js'

const { action, procedure, quiescent, spec } = language(schema({ n: int(0, 3), unseen: bool }))
const one = (properties: Parameters<typeof spec>[0]['properties'], main: Parameters<typeof process>[1], distinct: number) =>
  scenario(spec({ name: 'skips', title: '', properties }), {
    name: 'one',
    title: '',
    run: [process('p', main)({} as never)],
    expect: { verdict: 'holds', distinct, generated: distinct, depth: distinct },
  })
const IsThree = quiescent('IsThree', 'It ends at 3.', (s) => s.n === 3)

const add = procedure(
  'add',
  { returns: int(0, 3) },
  {
    add(s) {
      s.n += 1
      return ret(s.n)
    },
  },
)

test('what a property asks for is missed, and what none does survives', async () => {
  const main = procedure(
    'main',
    {},
    {
      set(s) {
        s.n = 3
        return 'mark'
      },
      mark(s) {
        s.unseen = true
        return 'rest'
      },
      rest: () => 'end',
      end: () => ret(),
    },
  )
  expect(await fates('skips', one([IsThree], main, 5))).toEqual({ 'skip:main.set:mark': 'IsThree', 'skip:main.mark:rest': 'survived' })
})

test('a call is skipped with all that is called; a tail call returns what was seen to be returned', async () => {
  const last = procedure('last', { calls: [add], returns: int(0, 3) }, { last: () => tail(add, {}) })
  const main = procedure(
    'main',
    { calls: [add, last], locals: { got: int(0, 3) } },
    {
      first: () => call(add, {}, 'second'),
      second: () => call(add, {}, 'third', 'got'),
      third: () => call(last, {}, 'end'),
      end: () => ret(),
    },
  )
  expect(await fates('skips', one([IsThree], main, 9))).toEqual({
    'skip:main.first:second': 'IsThree',
    'skip:add.add:ret.1': 'IsThree',
    'skip:add.add:ret.2': 'IsThree',
    'skip:add.add:ret.3': 'IsThree',
    'skip:main.second:third': 'IsThree',
    'skip:main.third:end': 'IsThree',
    'skip:last.last:ret.1': 'IsThree',
  })
})

test('a step that was seen to go two ways is skipped to either', async () => {
  const main = procedure(
    'main',
    {},
    {
      count(s) {
        s.n += 1
        return s.n < 3 ? 'count' : 'end'
      },
      end: () => ret(),
    },
  )
  expect(await fates('skips', one([IsThree], main, 5))).toEqual({ 'skip:main.count:count': 'vacuous', 'skip:main.count:end': 'IsThree' })
})

test('an action that changes nothing', async () => {
  const up = action('up', {
    guard: (s) => s.n < 3,
    effect(s) {
      s.n += 1
    },
  })
  const mark = action('mark', {
    guard: (s) => s.n === 3 && !s.unseen,
    effect(s) {
      s.unseen = true
    },
  })
  const expectation = { verdict: 'holds', distinct: 5, generated: 5, depth: 5 } as const
  const counter = spec({ name: 'counter', title: '', actions: [up, mark], properties: [], final: () => true })
  expect(await fates('skips', scenario(counter, { name: 'one', title: '', expect: expectation }))).toEqual({
    'skip:up': 'vacuous',
    'skip:mark': 'survived',
  })
})
