import { expect, test } from 'vitest'
import { bool, choose, int, language, process, ret, scenario, schema } from '../../checker/index.js'
import { fates } from '../testing/tried.js'

const { action, invariant, procedure, quiescent, spec } = language(schema({ n: int(0, 3), odd: bool, unseen: bool }))
const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
const IsSaid = quiescent('IsSaid', 'In the end it says whether the number is odd.', (s) => s.odd === (s.n % 2 === 1))

test('a step answers the other of two things, for each two that it was seen to answer', async () => {
  const main = procedure(
    'main',
    {},
    {
      draw(s) {
        s.n = choose([0, 1, 2, 3])
        return 'is_odd'
      },
      is_odd(s) {
        if (s.n === 0) return ret()
        return s.n % 2 === 1 ? 'odd' : 'even'
      },
      odd(s) {
        s.odd = true
        return 'even'
      },
      /** Either way is as good. */
      even(s) {
        s.unseen = true
        return s.n === 2 ? 'end' : 'out'
      },
      end: () => ret(),
      out: () => ret(),
    },
  )
  const one = scenario(spec({ name: 'guards', title: '', properties: [IsSaid] }), {
    name: 'one',
    title: '',
    run: [process('p', main)({})],
    expect: expectation,
  })
  expect(await fates('guards', one)).toEqual({
    'guard:main.is_odd:ret:odd': 'IsSaid',
    'guard:main.is_odd:ret:even': 'vacuous',
    'guard:main.is_odd:odd:even': 'IsSaid',
    'guard:main.even:end:out': 'survived',
  })
})

test('of many values that are returned one stands for all', async () => {
  const main = procedure(
    'main',
    { returns: int(0, 3) },
    {
      draw(s) {
        s.n = choose([0, 1, 2, 3])
        return 'out'
      },
      out: (s) => (s.odd ? 'out' : ret(s.n)),
    },
  )
  const one = scenario(spec({ name: 'guards', title: '', properties: [] }), {
    name: 'one',
    title: '',
    run: [process('p', main)({})],
    expect: expectation,
  })
  expect(await fates('guards', one)).toEqual({})
})

test('an action is taken where it may not be', async () => {
  const up = action('up', {
    guard: (s) => s.n < 2,
    effect(s) {
      s.n += 1
    },
  })
  const stay = action('stay', { guard: (s) => s.n < 3, effect() {} })
  const Low = invariant('Low', 'It stays low.', (s) => s.n < 3)
  const counter = spec({ name: 'counter', title: '', actions: [up, stay], properties: [Low], final: () => true })
  const from = (name: string, n: number) =>
    scenario(counter, {
      name,
      title: '',
      init(s) {
        s.n = n
      },
      unreachable: n === 2 ? { 'it is as high as it gets': ['up'] } : {},
      expect: { ...expectation, distinct: 3 - n },
    })
  expect(await fates('guards', from('low', 0))).toEqual({ 'guard:up': 'vacuous', 'guard:stay': 'vacuous' })
  expect(await fates('guards', from('low', 0), from('high', 2))).toEqual({ 'guard:up': 'Low', 'guard:stay': 'vacuous' })
})
