import { describe, expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { assert } from '../machine/assertion.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, ret } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { bool, int, schema } from '../schema/field.js'
import type { Claim } from './ending.js'
import { type Replay, replay } from './replay.js'
import type { Trace, TraceStep } from './trace.js'

const state = schema({ counter: int(0, 3), done: int(0, 2), locked: bool })
const { procedure, invariant, step, quiescent, spec, action } = language(state)

const increment = procedure(
  'increment',
  { locals: { old: int(0, 3) } },
  {
    load(s, me) {
      me.old = s.counter
      return 'store'
    },
    store(s, me) {
      s.counter = me.old + 1
      s.done += 1
      return ret()
    },
  },
)
const incrementer = process('incrementer', increment)
const noLostUpdate = quiescent('NoLostUpdate', 'Every increment counts.', (s) => s.counter === s.done)
const expected = { verdict: 'violated', distinct: 0, generated: 0, depth: 0 } as const
const racing = spec({ name: 'race', title: 'A lost update', properties: [noLostUpdate] })
const lostUpdate = scenario(racing, {
  name: 'lost-update',
  title: 'Two unlocked increments',
  run: [incrementer({}), incrementer({})],
  expect: expected,
})

function counterexample(of: Scenario): { trace: Trace; claim: Claim } {
  const { verdict } = explore(of)
  if (!('trace' in verdict) || verdict.trace === undefined) throw new Error(`no trace: ${verdict.kind}`)
  const claim: Claim = verdict.kind === 'violated' ? { kind: 'violated', property: verdict.property } : { kind: verdict.kind }
  return { trace: verdict.trace, claim }
}

function withStep(trace: Trace, index: number, change: Partial<TraceStep>): Trace {
  return { ...trace, steps: trace.steps.map((s, i) => (i === index ? { ...s, ...change } : s)) }
}

function whyNot(result: Replay) {
  if (result.kind === 'replayed') throw new Error('it was replayed')
  return result
}

describe('a recorded behaviour of the spec', () => {
  const violations: [string, Scenario][] = [
    ['a property of final states', lostUpdate],
    ['an invariant', ticking([invariant('Small', 'It stays below 2.', (s) => s.counter < 2)])],
    ['a step property', ticking([step('Slow', 'It never passes 2.', (a, b) => !(a.counter === 2 && b.counter === 3))])],
    ['an assertion', ticking([], { failAt: 2 })],
    ['a deadlock', ticking([], { stopAt: 2 })],
    ['a value out of range', ticking([])],
    ['a property that throws', ticking([invariant('Throws', 'It cannot say.', (s) => s.counter < 2 || thrower())])],
    ['an initial state', ticking([invariant('Never', 'No state is allowed.', () => false)])],
  ]
  test.each(violations)('ends as it did: %s', (_, of) => {
    const recorded = counterexample(of)
    const result = replay(of, recorded)
    expect(plain(result)).toEqual({ kind: 'replayed', verdict: plain(explore(of).verdict) })
  })

  test('a claim that it ends otherwise is refused', () => {
    const { trace } = counterexample(lostUpdate)
    for (const claim of [{ kind: 'deadlock' }, { kind: 'specError' }, { kind: 'violated', property: 'Other' }] as const) {
      expect(whyNot(replay(lostUpdate, { trace, claim }))).toMatchObject({ why: 'ends without the violation', at: 4 })
    }
  })

  test('a prefix of it ends without the violation', () => {
    const { trace, claim } = counterexample(lostUpdate)
    const prefix = { ...trace, states: trace.states.slice(0, -1), steps: trace.steps.slice(0, -1) }
    expect(whyNot(replay(lostUpdate, { trace: prefix, claim }))).toMatchObject({ why: 'ends without the violation', at: 3 })
  })

  test('a prefix of one that breaks a property of final states: it could stop, and need not', () => {
    const ends = ticking([quiescent('Zero', 'It stops at 0.', (s) => s.counter === 0)], { stopAt: 2, final: () => true })
    const { trace, claim } = counterexample(ends)
    expect(replay(ends, { trace, claim }).kind).toBe('replayed')
    const prefix = { ...trace, states: trace.states.slice(0, -1), steps: trace.steps.slice(0, -1) }
    expect(whyNot(replay(ends, { trace: prefix, claim }))).toMatchObject({ why: 'ends without the violation', at: 1 })
  })

  test('a prefix of a behaviour that deadlocks does not deadlock', () => {
    const stuck = ticking([], { stopAt: 2 })
    const { trace, claim } = counterexample(stuck)
    const prefix = { ...trace, states: trace.states.slice(0, -1), steps: trace.steps.slice(0, -1) }
    expect(whyNot(replay(stuck, { trace: prefix, claim }))).toMatchObject({ why: 'ends without the violation' })
  })
})

describe('a record that is not a behaviour', () => {
  test('a step that is not enabled: says which are', () => {
    const { trace, claim } = counterexample(lostUpdate)
    const result = whyNot(replay(lostUpdate, { trace: withStep(trace, 0, { step: 'increment.store' }), claim }))
    expect(result).toMatchObject({ why: 'step not enabled', at: 1, step: { step: 'increment.store' } })
    expect(result.enabled.map((s) => `${s.process} ${s.step}`)).toEqual(['0 increment.load', '1 increment.load'])
    expect(result.trace.states).toHaveLength(1)
  })

  test.each<Partial<TraceStep>>([{ process: 7 }, { process: undefined }, { picks: [0] }, { args: { n: 1 } }, { failed: true }])(
    'a step is told apart by %j',
    (change) => {
      const { trace, claim } = counterexample(lostUpdate)
      expect(whyNot(replay(lostUpdate, { trace: withStep(trace, 0, change), claim }))).toMatchObject({ why: 'step not enabled', at: 1 })
    },
  )

  test('a state with another value: says where', () => {
    const { trace, claim } = counterexample(lostUpdate)
    const states = trace.states.map((s, i) => (i === 3 ? { ...s, variables: s.variables.set('counter', 3) } : s))
    expect(whyNot(replay(lostUpdate, { trace: { ...trace, states }, claim }))).toMatchObject({
      why: 'state differs',
      at: 3,
      differences: [{ process: undefined, path: ['counter'], before: 3, after: 1 }],
    })
  })

  test('an initial state that is none', () => {
    const { trace, claim } = counterexample(lostUpdate)
    const states = trace.states.map((s, i) => (i === 0 ? { ...s, variables: s.variables.set('locked', true) } : s))
    const result = whyNot(replay(lostUpdate, { trace: { ...trace, states }, claim }))
    expect(result).toMatchObject({ why: 'no such initial state', at: 0, differences: [{ path: ['locked'], before: true, after: false }] })
    expect(result.trace).toEqual({ processes: trace.processes, states: [], steps: [] })
  })

  test('a failed step in the middle', () => {
    const of = ticking([], { failAt: 2 })
    const { trace, claim } = counterexample(of)
    const [state, step] = [trace.states.at(-1), trace.steps.at(-1)]
    if (state === undefined || step === undefined) throw new Error('no steps')
    const longer = { ...trace, states: [...trace.states, state], steps: [...trace.steps, step] }
    expect(whyNot(replay(of, { trace: longer, claim }))).toMatchObject({ why: 'step not enabled', at: 2 })
  })
})

test('a behaviour of several initial states starts in the one that was recorded', () => {
  const of = scenario(
    spec({
      name: 'chosen',
      title: 'Starts anywhere',
      init(s) {
        s.counter = choose(3)
      },
      actions: [tick()],
      properties: [invariant('NotThree', 'It never reaches 3.', (s) => s.counter < 3)],
    }),
    { name: 'start', title: 'Starts anywhere', expect: expected },
  )
  const recorded = counterexample(of)
  expect(recorded.trace.states[0]?.variables.get('counter', 0)).toBe(2)
  expect(replay(of, recorded).kind).toBe('replayed')
})

test('a step is taken with the choices that were recorded', () => {
  const jump = action('jump', {
    guard: (s) => s.counter === 0,
    effect(s) {
      s.counter = choose([2, 1, 3])
    },
  })
  const jumper = spec({ name: 'jump', title: '', actions: [jump], properties: [invariant('NotOne', 'Never 1.', (s) => s.counter !== 1)] })
  const of = scenario(jumper, { name: 'jump', title: '', expect: expected })
  const recorded = counterexample(of)
  expect(recorded.trace.steps[0]?.picks).toEqual([1])
  expect(replay(of, recorded).kind).toBe('replayed')
})

/** A counter that is driven past its range, unless a property or an option ends it before. */
function ticking(
  properties: Parameters<typeof spec>[0]['properties'],
  { final, ...options }: { failAt?: number; stopAt?: number; final?: () => boolean } = {},
): Scenario {
  const ticker = spec({ name: 'ticker', title: 'A counter', actions: [tick(options)], properties, ...(final && { final }) })
  return scenario(ticker, { name: 'tick', title: 'A counter', expect: expected })
}

function tick({ failAt, stopAt }: { failAt?: number; stopAt?: number } = {}) {
  return action('tick', {
    guard: (s) => s.counter !== stopAt,
    effect(s) {
      assert(s.counter + 1 !== failAt, `WARN_ON(counter == ${failAt})`)
      s.counter += 1
    },
  })
}

/** Records of two runs are of two classes, and compare as unequal. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}

function thrower(): never {
  throw new Error('no idea')
}

test('a process that waits is a deadlock of processes too', () => {
  const wait = process('waiter', procedure('wait', {}, { wait: (s) => (s.locked ? ret() : blocked) }))
  const of = scenario(spec({ name: 'wait', title: 'Waits', properties: [] }), {
    name: 'wait',
    title: 'Waits for ever',
    run: [wait({})],
    expect: expected,
  })
  expect(replay(of, counterexample(of))).toMatchObject({ kind: 'replayed', verdict: { kind: 'deadlock' } })
})
