import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, ret } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, type ScenarioParts, scenario } from '../machine/scenario.js'
import { bool, int, schema } from '../schema/field.js'

const expected = { verdict: 'violated', distinct: 0, generated: 0, depth: 0 } as const

/** The steps of the counterexample of a scenario, each with its process. */
function told(subject: Scenario): string[] {
  const { verdict } = explore(subject)
  if (!('trace' in verdict) || verdict.trace === undefined) throw new Error(`${verdict.kind}: no counterexample`)
  return verdict.trace.steps.map((s) => `${s.process ?? 'action'} ${s.step} ${s.picks.join()}`.trim())
}

const { action, procedure, invariant, spec } = language(schema({ turn: int(0, 9), lost: bool }))
const safe = invariant('safe', 'Nothing is lost.', (s) => !s.lost)

/** Takes the turn from 0 to 1, and from 2 to the loss of everything; another must take it from 1 to 2. */
const walker = procedure(
  'walker',
  {},
  {
    walk(s) {
      if (s.turn === 1) return blocked
      s.lost = s.turn === 2
      s.turn += 1
      return s.lost ? ret() : 'walk'
    },
  },
)

function of(parts: Partial<ScenarioParts<object>>, actions = [never, pass]): Scenario {
  const subject = spec({ name: 's', title: '', actions, properties: [safe], final: () => true })
  return scenario(subject, { name: 'x', title: '', expect: expected, ...parts } as never) as unknown as Scenario
}

const never = action('never', { guard: () => false, effect() {} })
const pass = action('pass', {
  guard: (s) => s.turn === 1,
  effect(s) {
    s.turn = 2
  },
})
const kind = process('walker', walker)

test('an action between two steps of one process is no switch, wherever it stands among the actions', () => {
  expect(told(of({ run: [kind({}), kind({})] }))).toEqual(['0 walker.walk', 'action pass', '0 walker.walk'])
  expect(told(of({ run: [kind({}), kind({})] }, [pass]))).toEqual(['0 walker.walk', 'action pass', '0 walker.walk'])
})

const looping = procedure(
  'looping',
  {},
  {
    loop(s) {
      s.turn += 1
      s.lost = s.turn === 4
      return 'loop'
    },
  },
)

test('among equally short ones the counterexample has the fewest switches, and then the first process', () => {
  const run = [process('a', looping)({}), process('b', looping)({})]
  expect(told(of({ run }, [never]))).toEqual(Array.from({ length: 4 }, () => '0 looping.loop'))
})

test('among equally good choices the first is shown', () => {
  const choosing = procedure(
    'choosing',
    {},
    {
      pick(s) {
        s.turn = choose(3)
        s.lost = choose(2) === 1 && s.turn > 0
        return ret()
      },
    },
  )
  expect(told(of({ run: [process('c', choosing)({})] }))).toEqual(['0 choosing.pick 1,1'])
})

test('a violation of the first state has no steps', () => {
  expect(told(of({ init: (s) => Object.assign(s, { lost: true }) }))).toEqual([])
})
