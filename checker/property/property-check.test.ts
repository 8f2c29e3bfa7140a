import { expect, test } from 'vitest'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, type ScenarioParts, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { domain } from '../schema/domain.js'
import { array, int, schema } from '../schema/field.js'
import type { Property } from './property.js'
import { PropertyCheck } from './property-check.js'

const Slot = domain('slot', 2)
const words = language(schema({ n: int(0, 9), map: array(Slot, int(0, 9)) }))
const { action, invariant, mustFail, quiescent, reachable, spec, step } = words
type Spec = Parameters<typeof spec>[0]

const grow = action('grow', {
  guard: () => true,
  effect(s) {
    s.n += 1
    for (const id of s.map.ids) s.map[id] += 2
  },
})

/** A system in the one successor of its first state, and the check of its properties. */
function after(properties: Spec['properties'], parts: Partial<ScenarioParts<object>> = {}): PropertyCheck {
  const subject = spec({ name: 's', title: '', properties, actions: [grow] })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const system = new System(scenario(subject, { name: 'x', title: '', expect, ...parts } as never) as unknown as Scenario)
  const check = new PropertyCheck(system)
  system.initial(() => system.current.set(system.w))
  grow.effect(system.s, {})
  system.commit()
  return check
}

const small = invariant('small', '', (s) => s.n < 1)
const smaller = invariant('smaller', '', (s) => s.n < 0)
const fine = invariant('fine', '', (s) => s.n < 2)

test('the first broken invariant in order of declaration, the scenario’s own last', () => {
  expect(after([fine, small, smaller]).brokenBy()).toBe(small)
  expect(after([fine], { properties: [smaller as Property] }).brokenBy()).toBe(smaller)
  expect(after([fine]).brokenBy()).toBe(undefined)
})

test('what a scenario skips is not looked at', () => {
  expect(after([small, smaller], { skip: ['small'] }).brokenBy()).toBe(smaller)
})

test('a step property sees the state before and after, arrays included, and the name of the step', () => {
  const seen: unknown[] = []
  const look = step('look', '', (before, s, by) => {
    const [id] = s.map.ids
    if (id !== undefined) seen.push(before.n, s.n, before.map[id], s.map[id], by)
    return false
  })
  expect(after([look]).brokenByStep('grow')).toBe(look)
  expect(seen).toEqual([0, 1, 0, 2, 'grow'])
})

test('only a spec with step properties watches steps', () => {
  expect([after([fine]).watchesSteps, after([step('any', '', () => true)]).watchesSteps]).toEqual([false, true])
})

test('what was shown once needs not be shown again', () => {
  const check = after([
    reachable('one', '', (s) => s.n === 1),
    reachable('two', '', (s) => s.n === 2),
    mustFail('never', '', (s) => s.n === 0),
  ])
  expect([check.notFound, check.neverViolated]).toEqual([['one', 'two'], ['never']])
  check.brokenBy()
  expect([check.notFound, check.neverViolated]).toEqual([['two'], []])
})

test('properties of final states are for the end alone', () => {
  const quiet = quiescent('quiet', '', () => false)
  const check = after([quiet])
  expect([check.brokenBy(), check.brokenAtEnd()]).toEqual([undefined, quiet])
})

test('a property that throws, or chooses, is named', () => {
  const bad = invariant('bad', '', () => {
    throw new Error('oops')
  })
  expect(() => after([bad]).brokenBy()).toThrow('property bad: oops')
  const choosing = invariant('choosing', '', () => choose(2) === 0)
  expect(() => after([choosing]).brokenBy()).toThrow('property choosing: choose was called outside a step')
})

test('two properties of one name are refused', () => {
  expect(() => after([small, small])).toThrow("two properties are called 'small'; each needs a name of its own")
})
