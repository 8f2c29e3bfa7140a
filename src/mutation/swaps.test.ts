import { expect, test } from 'vitest'
import { bool, call, int, language, process, ret, scenario, schema } from '../../checker/index.js'
import { fates, tried } from '../testing/tried.js'

const { procedure, quiescent, spec, step } = language(schema({ n: int(0, 6), ready: bool, data: bool, late: bool }))
const IsReady = step('IsReady', 'It is ready only when the data is there.', (_, after) => !after.ready || after.data)
const IsTwo = quiescent('IsTwo', 'It ends at 2.', (s) => s.n === 2)
const one = (main: Parameters<typeof process>[1], ...properties: Parameters<typeof spec>[0]['properties']) =>
  scenario(spec({ name: 'swaps', title: '', properties }), {
    name: 'one',
    title: '',
    run: [process('p', main)({} as never)],
    expect: { verdict: 'holds', distinct: 0, generated: 0, depth: 0 },
  })

test('of two stores one has to come first, and of two others it does not matter', async () => {
  const main = procedure(
    'main',
    {},
    {
      data(s) {
        s.data = true
        return 'ready'
      },
      ready(s) {
        s.ready = true
        return 'late'
      },
      late(s) {
        s.late = true
        return ret()
      },
    },
  )
  expect(await fates('swaps', one(main, IsReady))).toEqual({ 'swap:main.data:ready': 'IsReady', 'swap:main.ready:late': 'survived' })
})

test('whoever comes to the second step another way runs it alone', async () => {
  const main = procedure(
    'main',
    {},
    {
      begin: (s) => (s.data ? 'double' : 'one'),
      one(s) {
        s.n += 1
        return 'double'
      },
      double(s) {
        s.n *= 2
        s.late = s.data
        s.data = true
        return s.late ? 'end' : 'begin'
      },
      end(s) {
        s.n -= s.late ? 2 : 0
        return ret()
      },
    },
  )
  const [swap] = await tried('swaps', [one(main, IsTwo)])
  expect(swap?.mutant.id).toBe('swap:main.one:double')
  const verdict = swap?.trial.report?.verdict
  expect(verdict).toMatchObject({ kind: 'violated', property: 'IsTwo' })
  expect(verdict && 'trace' in verdict && verdict.trace?.steps.map((taken) => taken.step)).toEqual([
    'main.begin',
    'main.one',
    'main.one, late, then begin',
    'main.begin',
    'main.double',
    'main.end',
  ])
})

test('a call and what comes after it', async () => {
  const add = procedure(
    'add',
    {},
    {
      add(s) {
        s.n += 1
        return ret()
      },
    },
  )
  const main = procedure(
    'main',
    { calls: [add] },
    {
      call: (s) => call(add, {}, s.late ? 'double' : 'double'),
      double(s) {
        s.n *= 2
        return 'end'
      },
      end: () => ret(),
    },
  )
  expect(await fates('swaps', one(main, IsTwo))).toEqual({ 'swap:main.call:double': 'IsTwo' })
})

test('what is called second comes first with all that it does', async () => {
  const double = procedure(
    'double',
    {},
    {
      double(s) {
        s.n *= 2
        return ret()
      },
    },
  )
  const main = procedure(
    'main',
    { calls: [double] },
    {
      one(s) {
        s.n += 1
        return 'call'
      },
      call: (s) => call(double, {}, s.late ? 'end' : 'end'),
      end: () => ret(),
    },
  )
  expect(await fates('swaps', one(main, IsTwo))).toEqual({ 'swap:main.one:call': 'IsTwo' })
})
