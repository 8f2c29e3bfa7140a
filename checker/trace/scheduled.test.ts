import { fc, test as prop } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { int, schema } from '../schema/field.js'
import { actionMachine, mixedMachine, processMachine, scenarioOf } from '../testing/random-machine.js'
import { ToyMachine } from '../testing/toy-machine.js'
import { walk } from '../testing/walk.js'
import { replay } from './replay.js'
import { Scheduler } from './scheduled.js'

const schedule = fc.array(fc.nat(), { maxLength: 20 })
const plan = fc.oneof(actionMachine, processMachine, mixedMachine)

prop.prop([plan, schedule], { numRuns: 25 })(
  'a run is a behaviour, and ends in what it says, by what replay and the toy checker know',
  (drawn, numbers) => {
    const subject = scenarioOf(drawn)
    const run = new Scheduler(subject).run(numbers)
    const trace = run.trace()
    const machine = new ToyMachine(subject)
    expect(trace.steps).toHaveLength(run.steps)
    if (typeof run.ending === 'object') {
      expect(replay(subject, { trace, claim: run.ending }).kind).toBe('replayed')
      return
    }
    const { state } = walk(subject, trace)
    expect(run.ending === 'final').toBe(machine.edges(state).length === 0 && machine.isFinal(state))
  },
)

prop.prop([plan, schedule], { numRuns: 25 })('what makes no difference is left out', (drawn, numbers) => {
  const scheduler = new Scheduler(scenarioOf(drawn))
  const { ending, schedule: used, trace } = scheduler.run(numbers)
  const again = scheduler.run(used)
  expect(again.schedule).toEqual(used)
  expect(used.length).toBeLessThanOrEqual(numbers.length + 1)
  expect([again.ending, again.trace().steps]).toEqual([ending, trace().steps])
})

const { action, spec } = language(schema({ n: int(0, 9), m: int(0, 9) }))
const up = (name: 'n' | 'm') =>
  action(`up ${name}`, {
    guard: (s) => s[name] < 9,
    effect(s) {
      s[name] += 1
    },
  })
const two = spec({
  name: 'two',
  title: '',
  actions: [up('n'), up('m')],
  properties: [],
  init(s) {
    s.n = choose([3, 5])
  },
})
const expectation = { verdict: 'holds', distinct: 1, generated: 1, depth: 1 } as const
const subject = scenario(two, { name: 'two', title: '', expect: expectation }) as unknown as Scenario

test('of several initial states the first number chooses one; 0 goes on with what has moved last', () => {
  const scheduler = new Scheduler(subject)
  const run = scheduler.run([1, 1, 0, 1, 0])
  expect(run).toMatchObject({ ending: 'cut', steps: 4, schedule: [1, 1, 0, 1, 0] })
  expect(run.trace().steps.map((s) => s.step)).toEqual(['up m', 'up m', 'up n', 'up n'])
  expect(run.trace().states.at(-1)?.variables.toObject()).toEqual({ n: 7, m: 2 })
  expect(scheduler.coverage).toEqual({ 'up n': 2, 'up m': 2 })
})
