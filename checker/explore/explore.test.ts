import { describe, expect, test } from 'vitest'
import { assert } from '../machine/assertion.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, ret } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, type ScenarioParts, scenario } from '../machine/scenario.js'
import { asserted } from '../property/property.js'
import { domain } from '../schema/domain.js'
import { array, int, schema } from '../schema/field.js'
import type { Verdict } from '../verdict.js'
import { explore } from './explore.js'
import type { ExploreOptions } from './report.js'

const Slot = domain('slot', 2)
const { action, invariant, mustFail, procedure, quiescent, reachable, spec, step } = language(
  schema({ n: int(0, 9), m: int(0, 9), map: array(Slot, int(0, 9)) }),
)
type Parts = Partial<Parameters<typeof spec>[0]>

/** Counts to 3; `skip` never fires. */
const up = action('up', {
  guard: (s) => s.n < 3,
  effect(s) {
    s.n += 1
  },
})
const skip = action('skip', { guard: () => false, effect() {} })

function of(parts: Parts, more: Partial<ScenarioParts<object>> = {}): Scenario {
  const subject = spec({ name: 's', title: '', properties: [], actions: [up], final: () => true, ...parts })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', expect, ...more } as never) as unknown as Scenario
}

function verdictOf(parts: Parts, more: Partial<ScenarioParts<object>> = {}, options: ExploreOptions = {}) {
  return explore(of(parts, more), options).verdict
}

/** The `n` of every state of a counterexample. */
function counts(verdict: Verdict): unknown[] {
  return 'trace' in verdict ? (verdict.trace?.states.map((s) => s.variables.get('n')) ?? []) : []
}

describe('holds', () => {
  test('with the figures of TLC: self-loops and first states are generated, the first is at depth 1', () => {
    const loop = action('loop', { guard: () => true, effect() {} })
    const { verdict, ...figures } = explore(of({ actions: [up, loop], init: (s) => void Object.assign(s, { n: choose(2) }) }))
    expect(verdict).toEqual({ kind: 'holds' })
    expect(figures).toMatchObject({ distinct: 4, generated: 2 + 3 + 4, depth: 3, frontierMax: 2, coverage: { up: 3, loop: 4 } })
  })
})

describe('violated', () => {
  test('by an invariant, in the last state of a shortest trace', () => {
    const verdict = verdictOf({ properties: [invariant('Low', 'It stays low.', (s) => s.n < 2)] })
    expect(verdict).toMatchObject({ kind: 'violated', property: 'Low', sentence: 'It stays low.', by: 'invariant', message: undefined })
    expect(counts(verdict)).toEqual([0, 1, 2])
  })

  test('by a step, into a state that was seen before too', () => {
    const reset = action('reset', {
      guard: (s) => s.n === 2,
      effect(s) {
        s.n = 0
      },
    })
    const verdict = verdictOf({ actions: [up, reset], properties: [step('Up', 'It grows.', (before, after) => after.n > before.n)] })
    expect(verdict).toMatchObject({ kind: 'violated', property: 'Up', by: 'step' })
    expect(counts(verdict)).toEqual([0, 1, 2, 0])
  })

  test('by a step that changes nothing that was looked at before, after one that kept the property', () => {
    const first = action('first', {
      guard: (s) => s.n === 0,
      effect(s) {
        s.n = 1
      },
    })
    const second = action('second', {
      guard: (s) => s.n === 0,
      effect(s) {
        for (const id of s.map.ids) s.map[id] = 1
      },
    })
    const verdict = verdictOf({ actions: [first, second], properties: [step('One', 'It is one.', (_, after) => after.n === 1)] })
    expect(verdict).toMatchObject({ kind: 'violated', property: 'One', by: 'step' })
    expect(counts(verdict)).toEqual([0, 0])
  })

  test('by an assertion, and the last state shows what the step had done until then', () => {
    const Sane = asserted('Sane', 'It is sane.')
    const risky = action('risky', {
      guard: (s) => s.n === 1,
      effect(s) {
        s.n = 7
        for (const id of s.map.ids) s.map[id] = 4
        assert(s.n < 7, 'VM_WARN_ON(n >= 7)', Sane)
      },
    })
    const verdict = verdictOf({ actions: [up, risky], properties: [Sane] })
    expect(verdict).toMatchObject({
      kind: 'violated',
      property: 'Sane',
      sentence: 'It is sane.',
      by: 'assertion',
      message: 'VM_WARN_ON(n >= 7)',
    })
    expect(counts(verdict)).toEqual([0, 1, 7])
    expect(verdict.kind === 'violated' && verdict.trace.states.at(-1)?.variables.toJS()).toEqual({ n: 7, m: 0, map: { 1: 4, 2: 4 } })
    expect(verdict.kind === 'violated' && verdict.trace.steps.map((s) => s.failed)).toEqual([false, true])
  })

  test('by an assertion without a property, which is named by its text', () => {
    const bug = action('bug', { guard: () => true, effect: () => assert(false, 'VM_BUG_ON(1)') })
    expect(verdictOf({ actions: [bug] })).toMatchObject({
      kind: 'violated',
      property: 'VM_BUG_ON(1)',
      sentence: 'VM_BUG_ON(1)',
      by: 'assertion',
    })
  })

  test('by a final state, and by no state that goes on', () => {
    expect(verdictOf({ properties: [quiescent('Zero', 'It ends at zero.', (s) => s.n === 0)] })).toMatchObject({
      kind: 'violated',
      by: 'quiescent',
    })
    expect(verdictOf({ properties: [quiescent('Three', 'It ends at three.', (s) => s.n === 3)] })).toEqual({ kind: 'holds' })
  })

  test('in a first state, which is all there is to see', () => {
    const verdict = verdictOf({ properties: [invariant('Never', '', () => false)] })
    expect(counts(verdict)).toEqual([0])
  })

  test('and the search finishes the depth that it is at', () => {
    const low = invariant('Low', '', (s) => s.n !== 1)
    const jump = action('jump', {
      params: { to: int(2, 5) },
      guard: (s) => s.n === 0,
      effect(s, { to }) {
        s.n = to
      },
    })
    expect(explore(of({ actions: [up, jump], properties: [low] }))).toMatchObject({ distinct: 6, generated: 6, depth: 2 })
  })
})

describe('deadlock', () => {
  const halt = procedure('halt', {}, { wait: (s) => (s.n === 3 ? blocked : ret()) })
  const run = [process('p', halt)({})]
  const nothing = { final: undefined } as unknown as Parts

  test('where nothing is enabled, in a spec of actions', () => {
    const verdict = verdictOf(nothing)
    expect(verdict.kind).toBe('deadlock')
    expect(counts(verdict)).toEqual([0, 1, 2, 3])
  })

  test('where a process is blocked, and not where all have returned', () => {
    expect(verdictOf({ ...nothing, actions: [] }, { run })).toEqual({ kind: 'holds' })
    expect(verdictOf(nothing, { run })).toMatchObject({ kind: 'deadlock' })
  })

  test('unless the spec allows the state to be final', () => {
    expect(verdictOf({ final: (s) => s.n === 3 }, {})).toEqual({ kind: 'holds' })
    expect(verdictOf({ final: (s) => s.n !== 3 }, {})).toMatchObject({ kind: 'deadlock' })
  })

  test('goes before what is violated one step later', () => {
    const stop = action('stop', {
      guard: (s) => s.n === 0,
      effect(s) {
        s.n = 9
      },
    })
    const verdict = verdictOf({ ...nothing, actions: [up, stop], properties: [invariant('Low', '', (s) => s.n !== 2)] })
    expect(verdict.kind).toBe('deadlock')
    expect(counts(verdict)).toEqual([0, 9])
  })
})

describe('vacuous', () => {
  test.each<[string, Parts, Partial<ScenarioParts<object>>, object]>([
    ['a step never fired', { actions: [up, skip] }, {}, { kind: 'step never fired', step: 'skip' }],
    ['a step listed as unreachable fired', {}, { unreachable: { why: ['up'] } }, { kind: 'step listed as unreachable fired', step: 'up' }],
    ['an unknown step is listed', {}, { unreachable: { why: ['down'] } }, { kind: 'no such step to list as unreachable', step: 'down' }],
    ['nothing was found', { properties: [reachable('Nine', '', (s) => s.n === 9)] }, {}, { kind: 'reachable not found', property: 'Nine' }],
    ['nothing failed', { properties: [mustFail('Low', '', (s) => s.n < 4)] }, {}, { kind: 'mustFail not violated', property: 'Low' }],
  ])('where %s', (_, parts, more, reason) => {
    expect(verdictOf(parts, more)).toEqual({ kind: 'vacuous', reasons: [reason] })
  })

  test('not where each is as it should be', () => {
    const properties = [reachable('Three', '', (s) => s.n === 3), mustFail('Low', '', (s) => s.n < 3)]
    expect(verdictOf({ actions: [up, skip], properties }, { unreachable: { why: ['skip'] } })).toEqual({ kind: 'holds' })
  })
})

describe('incomplete', () => {
  test('at a bound of states, and not where all states are within it', () => {
    expect(verdictOf({}, {}, { maxStates: 3 })).toEqual({ kind: 'incomplete', bound: 'states', limit: 3 })
    expect(verdictOf({}, {}, { maxStates: 4 })).toEqual({ kind: 'holds' })
  })

  test('at a bound of time', () => {
    expect(verdictOf({}, {}, { maxSeconds: 0 })).toEqual({ kind: 'incomplete', bound: 'seconds', limit: 0 })
  })

  test('not where a violation was found before the bound', () => {
    expect(verdictOf({ properties: [invariant('Low', '', (s) => s.n < 2)] }, {}, { maxStates: 2 })).toMatchObject({ kind: 'violated' })
  })
})

describe('specError', () => {
  test('in a step, with its name and the way there', () => {
    const wild = action('wild', {
      guard: (s) => s.n === 2,
      effect(s) {
        s.n = 10
      },
    })
    const verdict = verdictOf({ actions: [up, wild] })
    const message = 'n was given 10 (number); expected an integer from 0 to 9'
    expect(verdict).toMatchObject({ kind: 'specError', fault: 'range', message, step: 'wild' })
    expect(counts(verdict)).toEqual([0, 1, 2, 2])
  })

  test('where a step throws anything', () => {
    const oops = action('oops', {
      guard: () => true,
      effect() {
        throw new TypeError('x is undefined')
      },
    })
    expect(verdictOf({ actions: [oops] })).toMatchObject({ kind: 'specError', fault: 'threw', message: 'x is undefined', step: 'oops' })
  })

  test('where a property throws, in the state where it does', () => {
    const picky = invariant('Picky', '', (s) => {
      if (s.n === 2) throw new Error('not 2')
      return true
    })
    const verdict = verdictOf({ properties: [picky] })
    expect(verdict).toMatchObject({ kind: 'specError', fault: 'threw', message: 'property Picky: not 2', step: undefined })
    expect(counts(verdict)).toEqual([0, 1, 2])
  })

  test('before the search, without a trace', () => {
    const before = { kind: 'specError', step: undefined, trace: undefined }
    expect(verdictOf({}, { without: ['pin'] })).toEqual({
      ...before,
      fault: 'schema',
      message: "unknown protection 'pin'; this spec has none",
    })
    const init = (): void => {
      throw new Error('no')
    }
    expect(verdictOf({ init })).toEqual({ ...before, fault: 'threw', message: 'init: no' })
  })

  describe('where a step depends on more than the state', () => {
    let calls = 0
    /** In each state the step is run three times: to be learned, and to be audited. */
    const isLater = (): boolean => ++calls > 3
    const draw = (s: { n: number }): void => {
      s.n = ++calls % 9
    }
    const cases: readonly [string, NonNullable<Parts['actions']>][] = [
      ['and is enabled now and then', [up, action('at times', { guard: () => ++calls % 2 === 0, effect() {} })]],
      ['and cannot be taken again', [skip, action('every third', { guard: () => ++calls % 3 === 0, effect() {} })]],
      ['and writes something else', [up, action('draw', { guard: (s) => s.n > 1, effect: draw })]],
      ['and reads something else', [up, action('look about', { guard: (s) => (isLater() ? s.m : s.n) === 9, effect() {} })]],
      ['and reads less', [up, action('look away', { guard: (s) => isLater() || s.n === 9, effect() {} })]],
    ]

    test.each(cases)('%s', (_, actions) => {
      calls = 0
      const verdict = verdictOf({ actions })
      expect(verdict).toMatchObject({ kind: 'specError', fault: 'impure', message: expect.stringContaining('depend') })
    })

    test('the trace leads to the state where that showed', () => {
      calls = 0
      expect(counts(verdictOf({ actions: [up, action('look away', { guard: (s) => isLater() || s.n === 9, effect() {} })] }))).toEqual([
        0, 1,
      ])
    })
  })

  test('goes before a violation of the same depth', () => {
    const wild = action('wild', { guard: () => true, effect: (s) => Object.assign(s, { n: 10 }) })
    expect(verdictOf({ actions: [up, wild], properties: [invariant('Zero', '', (s) => s.n === 0)] })).toMatchObject({ kind: 'specError' })
  })
})
