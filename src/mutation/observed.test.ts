import { expect, test } from 'vitest'
import { blocked, call, explore, int, language, process, ret, type Scenario, scenario, schema, sleep } from '../../checker/index.js'
import { inWords } from './answer.js'
import { observe } from './observed.js'

const { procedure, spec } = language(schema({ n: int(0, 6) }))
const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
const make = (run: NonNullable<Scenario['run']>, more: Partial<Scenario> = {}) =>
  scenario(spec({ name: 'observed', title: '', properties: [] }), { name: 'one', title: '', run, expect: expectation, ...more } as never)
const watch = (one: object) => observe([one as Scenario], async (s) => explore(s))

const add = (amount: number) =>
  procedure(
    'add',
    { returns: int(0, 6) },
    {
      wait: (s) => (s.n < 1 ? blocked : 'add'),
      add(s) {
        s.n += amount
        return ret(s.n)
      },
    },
  )

test('what each step answers, and of which procedure: another one of its name is another one', async () => {
  const [one, two] = [add(1), add(2)]
  const main = procedure(
    'main',
    { calls: [one, two], locals: { got: int(0, 6) } },
    {
      start(s) {
        s.n = 1
        return sleep('one')
      },
      one: () => call(one, {}, 'two', 'got'),
      two: () => call(two, {}, 'end', 'got'),
      end: () => ret(),
    },
  )
  const { steps } = await watch(make([process('waits', two)({}), process('main', main)({})]))
  const seen = steps.map(({ name, answers, isBlocked }) => [name, [...answers.values()].map(inWords).join(', '), isBlocked])
  expect(seen).toEqual([
    ['add.wait', 'goes on at add', true],
    ['add.add', 'returns 3, returns 4, returns 6', false],
    ['add@2.wait', 'goes on at add', false],
    ['add@2.add', 'returns 2, returns 4', false],
    ['main.start', 'goes on at one, after a sleep', false],
    ['main.one', 'calls add', false],
    ['main.two', 'calls add', false],
    ['main.end', 'returns', false],
  ])
})

test('a scenario that does not hold is refused', async () => {
  const stuck = procedure('stuck', {}, { stuck: (s) => (s.n > 0 ? ret() : blocked) })
  await expect(watch(make([process('p', stuck)({})]))).rejects.toMatchObject({
    code: 11,
    message: "observed/one does not hold as it is (deadlock); see 'swapcheck check observed/one'",
  })
})
