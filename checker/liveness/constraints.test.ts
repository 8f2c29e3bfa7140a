import { expect, test } from 'vitest'
import { language } from '../machine/language.js'
import { ret } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { type Fairness, oneCpu, strong, weak } from '../property/fairness.js'
import { domain, ordinal } from '../schema/domain.js'
import { int, schema } from '../schema/field.js'
import { constraintsOf } from './constraints.js'

const Client = domain('client', 2)
const { action, again, eventually, procedure, spec } = language(schema({ n: int(0, 3) }))
const act = (name: string) => action(name, { params: { c: Client, colour: int(0, 1) }, guard: () => true, effect() {} })
const f = procedure('f', {}, { lock: () => 'unlock', unlock: () => ret() })
const g = procedure('g', {}, { lock: () => ret() })
const [reader, writer] = [process('reader', f), process('writer', g)]
const live = eventually('Live', '', (s) => s.n === 1)
const subject = spec({ name: 's', title: '', actions: [act('Ask'), act('Give')], properties: [live], fairness: [weak.processes()] })
const expected = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
const parts = { name: 'x', title: '', run: [reader({}), writer({}), reader({})], expect: expected }
const system = new System(scenario(subject, parts) as unknown as Scenario)

/** Each constraint, and the steps and actors that are an A of it. */
function told(...fairness: Fairness[]): [string, boolean, string[]][] {
  const actors = system.steps.map((_, step) => (step < 2 ? system.actions.flatMap((a, i) => (a.step === step ? [i] : [])) : [0, 1, 2]))
  return constraintsOf(system, { ...live, fairness } as never).map((c) => {
    const included = system.steps.flatMap(({ name }, step) =>
      (actors[step] ?? []).flatMap((a) => (c.includes(step, a) ? [`${name} ${a}`] : [])),
    )
    return [c.name, c.isStrong, included]
  })
}

test('of processes: whatever their step is', () => {
  expect(told(weak.processes()).map(([name]) => name)).toEqual(['weak CPU0 reader', 'weak CPU1 writer', 'weak CPU2 reader'])
  const [first, second] = told(strong.processes('reader'))
  expect(first).toEqual(['strong CPU0 reader', true, ['reader/f.lock 0', 'reader/f.unlock 0', 'writer/g.lock 0']])
  expect(second?.[2].every((name) => name.endsWith(' 2'))).toBe(true)
})

test('of steps: each by itself, in each process', () => {
  expect(told(weak.steps('f.lock', 'Ask'))).toEqual([
    ['weak CPU0 reader/f.lock', false, ['reader/f.lock 0']],
    ['weak CPU2 reader/f.lock', false, ['reader/f.lock 2']],
    ['weak Ask', false, ['Ask 0', 'Ask 1', 'Ask 2', 'Ask 3']],
  ])
})

test('of any of several: together', () => {
  expect(told(weak.any('Ask', 'g.*'))).toEqual([
    ['weak Ask or g.*', false, ['Ask 0', 'Ask 1', 'Ask 2', 'Ask 3', 'writer/g.lock 0', 'writer/g.lock 1', 'writer/g.lock 2']],
  ])
})

test('of an action for each value of a parameter: over its other parameters', () => {
  expect(told(strong.each('c', 'Give'))).toEqual([
    ['strong Give(c=1)', true, ['Give 4', 'Give 5']],
    ['strong Give(c=2)', true, ['Give 6', 'Give 7']],
  ])
})

test('of processes on one CPU: others go before those below', () => {
  const [high, ...low] = constraintsOf(system, {
    ...live,
    fairness: [oneCpu([['writer'], ['reader']], (_, thread) => ordinal(thread) === 3)],
  } as never)
  expect([high?.name, high?.isStrong, high?.goesBefore]).toEqual(['weak CPU1 writer', false, undefined])
  expect(low.map((c) => [c.name, c.isStrong])).toEqual([
    ['weak CPU0 reader below writer', true],
    ['weak CPU2 reader below writer', true],
  ])
  expect([0, 1, 2].map((actor) => low[0]?.goesBefore?.(2, actor))).toEqual([false, true, false])
  expect(low.map((c) => c.isAtomic?.({}))).toEqual([false, true])
})

test('what is true again and again is of no step', () => {
  const idle = again('idle', (s) => s.n === 0)
  const [constraint] = constraintsOf(system, { ...live, fairness: [idle] } as never)
  expect([constraint?.name, constraint?.holds?.({ n: 0 }), constraint?.holds?.({ n: 1 })]).toEqual(['again idle', true, false])
})

test('a property’s own fairness goes before the scenario’s, and that before the spec’s', () => {
  const names = (property: object, more: object = {}) =>
    constraintsOf(new System(scenario(subject, { ...parts, ...more }) as unknown as Scenario), property as never).map((c) => c.name)
  expect(names(live)).toHaveLength(3)
  expect(names(live, { fairness: [weak.steps('Ask')] })).toEqual(['weak Ask'])
  expect(names({ ...live, fairness: [] }, { fairness: [weak.steps('Ask')] })).toEqual([])
})

test.each<[Fairness, string]>([
  [weak.steps('Aks'), "fairness of 'Aks': no step of this scenario is called so"],
  [weak.processes('reaper'), "fairness of process 'reaper': the processes here are reader, writer, reader"],
  [oneCpu([['reaper']]), "fairness of process 'reaper': the processes here are reader, writer, reader"],
  [oneCpu([['reader'], ['reader']]), "one CPU lists process 'reader' twice; a process has one priority"],
  [oneCpu([[], ['reader']]), 'one CPU has a priority without processes; leave it out'],
  [weak.each('d', 'Ask'), "fairness of 'Ask' for each d: it has no such parameter"],
  [weak.each('c', 'f.lock'), "fairness of 'f.lock' for each c: only actions have parameters"],
])('what is not there is refused', (fairness, message) => expect(() => told(fairness)).toThrow(message))

test('more constraints than there are bits are refused', () => {
  expect(() => told(...Array.from({ length: 32 }, () => weak.steps('Ask')))).toThrow('fairness of 32 things is asked for, and at most 31')
})
