import { describe, expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, ret } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, type ScenarioParts, scenario } from '../machine/scenario.js'
import { weak } from '../property/fairness.js'
import { bool, int, schema } from '../schema/field.js'
import { replay } from '../trace/replay.js'

const LONG = 60_000
const words = language(schema({ n: int(0, LONG), locked: bool }), { protections: ['unlock'] })
const { action, alwaysEventually, eventually, guard, leadsTo, procedure, returns, spec } = words
type SpecOf = Parameters<typeof spec>[0]

const tick = action('tick', {
  guard: (s) => s.n < LONG,
  effect(s) {
    s.n += 1
  },
})

function run(parts: Partial<SpecOf>, more: Partial<ScenarioParts<object>> = {}) {
  const subject = spec({ name: 's', title: '', properties: [], final: () => true, ...parts })
  const expected = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const one = scenario(subject, { name: 'x', title: '', expect: expected, ...more } as never) as unknown as Scenario
  return { ...explore(one), scenario: one }
}

test('a path of any length is walked without recursion', () => {
  const arrives = eventually('Arrives', 'It comes to the end.', (s) => s.n === LONG)
  const { verdict, distinct } = run({ actions: [tick], properties: [arrives], fairness: [weak.steps('tick')] })
  expect({ kind: verdict.kind, distinct }).toEqual({ kind: 'holds', distinct: LONG + 1 })
})

test('the first property that is violated is shown, after what is violated at a depth', () => {
  const never = eventually('Never', '', (s) => s.n < 0)
  const later = alwaysEventually('Later', '', (s) => s.n === 0)
  const back = action('back', {
    guard: (s) => s.n > 2,
    effect(s) {
      s.n = 0
    },
  })
  const small = { guard: (s: { n: number }) => s.n < 3, effect: tick.effect }
  const up = action('up', small as never)
  const fairness = [weak.steps('up', 'back')]
  expect(run({ actions: [up, back], properties: [later, never], fairness }).verdict).toMatchObject({ kind: 'violated', property: 'Never' })
})

test('a property that throws is named', () => {
  const bad = leadsTo(
    'Bad',
    '',
    () => true,
    (s) => {
      if (s.n === 2) throw new Error('oops')
      return false
    },
  )
  const up = action('up', { guard: (s) => s.n < 3, effect: tick.effect as never })
  expect(run({ actions: [up], properties: [bad] }).verdict).toMatchObject({ kind: 'specError', message: 'property Bad: oops' })
})

describe('processes', () => {
  const f = procedure(
    'f',
    {},
    {
      lock(s) {
        if (s.locked) return blocked
        s.locked = true
        return 'spin'
      },
      spin: () => (choose([true, false]) ? 'spin' : 'unlock'),
      unlock(s) {
        if (guard('unlock')) s.locked = false
        return ret()
      },
    },
  )
  const [first, second] = [process('first', f), process('second', f)]
  const done = returns('Done', 'Both return.', ['first', 'second'])
  const going = { properties: [done], fairness: [weak.processes()] }

  test('each of those that are named returns, or the one that does not is named', () => {
    const { verdict, scenario: subject } = run(going, { run: [first({}), second({})], without: ['unlock'] })
    expect(verdict).toMatchObject({ kind: 'violated', property: 'Done', by: 'temporal' })
    if (verdict.kind !== 'violated') return
    expect(['CPU0 first', 'CPU1 second']).toContain(verdict.message)
    expect(replay(subject, { trace: verdict.trace, claim: { kind: 'violated', property: 'Done' } }).kind).toBe('replayed')
  })

  test('a spin that leads back to its state is no step, so it is not spun for ever', () => {
    expect(run(going, { run: [first({}), second({})] }).verdict.kind).toBe('holds')
  })

  test('a process that is not there is refused', () => {
    const absent = returns('Done', '', ['third'])
    const { verdict } = run({ ...going, properties: [absent] }, { run: [first({})] })
    expect(verdict).toMatchObject({ kind: 'specError', fault: 'schema', message: expect.stringContaining('no process called third') })
  })
})
