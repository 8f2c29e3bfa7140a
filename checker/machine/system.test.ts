import { expect, test } from 'vitest'
import { domain } from '../schema/domain.js'
import { array, bool, int, oneOf, schema } from '../schema/field.js'
import { assert } from './assertion.js'
import { choose } from './choice.js'
import { language } from './language.js'
import { blocked, ret } from './outcome.js'
import { makeProcedure, type StepFunction } from './procedure.js'
import { process } from './process.js'
import { type Scenario, scenario } from './scenario.js'
import { System } from './system.js'

const Slot = domain('slot', 2)
const { action, spec } = language(schema({ n: int(0, 99), map: array(Slot, bool) }))
type Spec = Parameters<typeof spec>[0]

function of(parts: Partial<Spec>, step?: StepFunction): Scenario {
  const subject = spec({ name: 's', title: '', properties: [], ...parts })
  const run = step === undefined ? [] : [process('p', makeProcedure('walk', {}, { begin: step }))({} as never)]
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'x', title: '', run, expect }) as unknown as Scenario
}

interface Shown {
  n: number
  readonly map: boolean[]
}

/** What one expansion of the first state finds: `n` of each successor, and the message of each failure. */
function expansions(subject: Scenario, times = 1): unknown[][] {
  const system = new System(subject)
  system.initial(() => system.current.set(system.w))
  return Array.from({ length: times }, () => {
    const found: unknown[] = []
    const sink = {
      successor: () => found.push((system.s as Shown).n),
      failure: (error: unknown) => found.push((error as Error).message),
    }
    system.expand(sink, true)
    return found
  })
}

const add = (name: string, guard: boolean, n: number) =>
  action(name, { guard: () => guard, effect: (s) => Object.assign(s, { n: s.n + n }) })

test('successors come in order of declaration: actions by their parameters, the last turning fastest, then processes', () => {
  const params = { tens: oneOf('one', 'two'), units: int(1, 2) }
  const both = action('both', {
    params,
    guard: () => true,
    effect(s, { tens, units }) {
      s.n = (tens === 'one' ? 10 : 20) + units
    },
  })
  const step = (s: object): unknown => ret(Object.assign(s, { n: choose(2) }))
  expect(expansions(of({ actions: [add('a', true, 1), add('b', false, 2), both] }, step))).toEqual([[1, 11, 12, 21, 22, 0, 1]])
})

test('what one step wrote is gone before the next, blocked steps and failed steps included', () => {
  const step = (s: object): unknown => {
    const { n, map } = s as Shown
    Object.assign(s, { n: n + 1 })
    map[1] = true
    const pick = choose(3)
    assert(pick !== 1, `n was ${n} and map[1] ${map[2]}`)
    return pick === 0 ? blocked : ret()
  }
  const steps = of({ actions: [add('after', true, 5)] }, step)
  expect(expansions(steps, 2)).toEqual([
    [5, 'n was 0 and map[1] false', 1],
    [5, 'n was 0 and map[1] false', 1],
  ])
})

test('a sink may load the view, and what comes next still starts from the state', () => {
  const fill = action('fill', {
    guard: () => true,
    effect(s) {
      const [first, second] = s.map.ids
      if (first === undefined || second === undefined) return
      if (choose(2) === 0) s.map[first] = true
      else s.map[second] = s.map[first]
    },
  })
  const system = new System(of({ actions: [fill] }))
  system.initial(() => system.current.set(system.w))
  const found: unknown[] = []
  const successor = (): void => {
    system.view.load()
    found.push([...(system.s as Shown).map].slice(1))
  }
  system.expand({ successor, failure() {} })
  expect(found).toEqual([
    [true, false],
    [false, false],
  ])
})

test('the first states are all that init may choose, and it may not leave a range', () => {
  const ns: number[] = []
  const system = new System(of({ init: (s) => void Object.assign(s, { n: choose([3, 5]) }) }))
  system.initial(() => ns.push((system.s as Shown).n))
  expect(ns).toEqual([3, 5])
  const wrong = new System(of({ init: (s) => void Object.assign(s, { n: 100 }) }))
  expect(() => wrong.initial(() => {})).toThrow('n was given 100 (number); expected an integer from 0 to 99')
})

test('two systems take turns', () => {
  const Few = domain('few', 2)
  const words = language(schema({ n: int(0, 9) }), { protections: ['cap'] })
  const grow = words.action('grow', {
    guard: () => true,
    effect(s) {
      s.n = words.guard('cap') ? 1 : Number(choose(Few))
    },
  })
  const params = words.action('few', { params: { few: Few }, guard: () => false, effect() {} })
  const subject = words.spec({ name: 's', title: '', properties: [], actions: [grow, params] })
  const expect_ = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const part = (more: object) => scenario(subject, { name: 'x', title: '', expect: expect_, ...more }) as unknown as Scenario
  const [capped, free] = [new System(part({})), new System(part({ without: ['cap'], bounds: { few: 3 } }))]
  const found = (system: System): number[] => {
    const ns: number[] = []
    system.expand({ successor: () => ns.push((system.s as Shown).n), failure() {} })
    return ns
  }
  expect([found(capped), found(free), found(capped)]).toEqual([[1], [1, 2, 3], [1]])
})

let outside = 0
const impure: readonly [string, Scenario, string][] = [
  ['a step that counts outside the state', of({}, (s) => ret(Object.assign(s, { n: outside++ % 90 }))), 'wrote something else'],
  ['a step enabled every other time', of({}, () => (outside++ % 2 === 0 ? ret() : blocked)), 'was not enabled'],
  [
    'a step that draws a random number',
    of({}, (s) => ret(Object.assign(s, { n: Math.floor(Math.random() * 100) }))),
    'wrote something else',
  ],
  ['a choice of a random number', of({}, () => ret(choose(1 + (outside++ % 5)))), 'in an earlier run of the same step'],
]

test.each(impure)('%s is impure', (_, subject, message) => {
  const found = expansions(subject, 16).flat()
  expect(found.filter((f) => String(f).includes(message)).length).toBeGreaterThan(0)
})

test('a guard that writes and answers false is impure', () => {
  const sly = action('sly', {
    guard(s) {
      s.map[choose(Slot)] = true
      return false
    },
    effect() {},
  })
  const message = 'the guard wrote to the state and then answered false; only the effect may write'
  expect(expansions(of({ actions: [sly] }))).toEqual([[message, message]])
})

test('a choice of nothing names the fault', () => {
  expect(expansions(of({}, () => ret(choose([]))))).toEqual([['choose was given nothing to choose from (an empty list)']])
})
