import { describe, expect, test } from 'vitest'
import { explore, type Incomplete, int, language, type Scenario, scenario, schema } from '../../checker/index.js'
import { judge } from '../judgement.js'
import { jsonReporter, jsonRun } from './json.js'

const { action, invariant, spec } = language(schema({ n: int(0, 3) }))
const tick = action('tick', {
  guard: (s) => s.n < 3,
  effect(s) {
    s.n += 1
  },
})
const upTo = (limit: number): Scenario => {
  const counter = spec({
    name: 'counter',
    title: '',
    actions: [tick],
    properties: [invariant('Low', 'It is low.', (s) => s.n <= limit)],
    final: (s) => s.n === 3,
  })
  return scenario(counter, { name: `up-to-${limit}`, title: '', expect: { verdict: 'holds', distinct: 4, generated: 4, depth: 4 } })
}
const run = (of: Scenario, change: object = {}) => {
  const report = { ...explore(of), seconds: 2, bytes: 100, ...change }
  return { report, judgement: judge(report) }
}

describe('one object per run', () => {
  test('that holds', () => {
    expect({ ...jsonRun(run(upTo(3)), 'again', 2), version: '' }).toEqual({
      tool: 'swapcheck',
      version: '',
      spec: 'counter',
      scenario: 'counter/up-to-3',
      verdict: 'holds',
      asExpected: true,
      expected: { verdict: 'holds', distinct: 4, generated: 4, depth: 4 },
      distinct: 4,
      generated: 4,
      depth: 4,
      frontierMax: 1,
      seconds: 2,
      statesPerSecond: 2,
      bytesPerState: 25,
      workers: 2,
      store: 'memory',
      reductions: [],
      coverage: { tick: 3 },
    })
  })

  test('that is violated: the trace is ITF', () => {
    expect(jsonRun(run(upTo(1)), 'again', 1)).toMatchObject({
      verdict: 'violated',
      property: 'Low',
      message: 'It is low.',
      asExpected: false,
      trace: {
        '#meta': { scenario: 'counter/up-to-1', command: 'again' },
        vars: ['n', 'processes'],
        states: [{ n: { '#bigint': '0' } }, {}, {}],
      },
    })
  })

  test('that was stopped: its rates are those of all that was seen', () => {
    const seen = { distinct: 10, generated: 30 }
    expect(jsonRun(run(upTo(3), { seen }), '', 1)).toMatchObject({ distinct: 4, generated: 4, statesPerSecond: 15, bytesPerState: 10 })
  })

  test('with a store that may have missed states', () => {
    const report = explore(upTo(3), { store: 'bitstate', maxBytes: 1 << 16 })
    const omission = { states: expect.any(Number), probability: expect.any(Number) }
    expect(jsonRun({ report, judgement: judge(report) }, '', 1)).toMatchObject({ verdict: 'incomplete', store: 'bitstate', omission })
  })

  test('in no time at all has no rate', () => expect(jsonRun(run(upTo(3), { seconds: 0 }), '', 1).statesPerSecond).toBe(0))
})

test('a profile is given by name', () => {
  const profile = {
    steps: [{ name: 'tick', generated: 3, new: 3, selfLoops: 0, share: 1 }],
    variables: [{ name: 'n', values: 4 }],
    sampled: 4,
  }
  expect(jsonRun(run(upTo(3), { profile }), '', 1).profile).toEqual({
    steps: { tick: { generated: 3, new: 3, selfLoops: 0, time: 1 } },
    sampled: 4,
    variables: { n: 4 },
    depths: [1, 1, 1, 1],
  })
  expect(jsonRun(run(upTo(3)), '', 1)).not.toHaveProperty('profile')
})

test('an incomplete run says what stopped it', () => {
  const stopped = (bound: Incomplete['bound'], limit: number) =>
    jsonRun(run(upTo(3), { verdict: { kind: 'incomplete', bound, limit } }), '', 1)
  expect(stopped('memory', 2 ** 20)).toMatchObject({ verdict: 'incomplete', bound: 'memory', limit: 2 ** 20 })
  expect(stopped('interrupted', 0)).toMatchObject({ verdict: 'incomplete', bound: 'interrupted' })
  expect(stopped('interrupted', 0)).not.toHaveProperty('limit')
})

test('each on a line of its own', () => {
  const reporter = jsonReporter(1)
  const text = [upTo(1), upTo(3)].map((s) => reporter.run(run(s), '')).join('')
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).verdict),
  ).toEqual(['violated', 'holds'])
  expect(reporter.begin([]) + reporter.end([], 0)).toBe('')
})
