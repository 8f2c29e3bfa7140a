import { describe, expect, test } from 'vitest'
import { int, language, scenario, schema } from '../checker/index.js'
import { scenarios } from '../specs/index.js'
import './vitest.js'

const named = (id: string) => scenarios.find((s) => s.id === id)
const failure = (assertion: () => void): string => {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  return 'it passed'
}

const { action, spec } = language(schema({ n: int(0, 1) }))
const up = action('up', {
  guard: () => true,
  effect(s) {
    s.n += 1
  },
})
const faulty = scenario(spec({ name: 'faulty', title: '', actions: [up], properties: [] }), {
  name: 'one',
  title: '',
  expect: { verdict: 'holds', distinct: 2, generated: 2, depth: 2 },
})

describe('toHold', () => {
  test('passes for what holds', () => expect(named('classics/peterson-2')).toHold())
  test('and not for what does not', () => expect(named('classics/die-hard-5-3')).not.toHold())

  test('shows the counterexample', () => {
    const message = failure(() => expect(named('classics/peterson-2-no-flag+broken')).toHold())
    expect(message).toMatch(/^classics\/peterson-2-no-flag\+broken: expected it to hold\n\n/)
    expect(message).toContain('peterson.a1')
    expect(message).toContain('FlagTellsPlace is violated')
  })

  test('says in how many states something holds that should not', () => {
    const message = failure(() => expect(named('classics/peterson-2')).not.toHold())
    expect(message).toBe('classics/peterson-2: expected it not to hold, and it does, in all of 42 states')
  })

  test.each([
    ['a bound', named('classics/peterson-2'), { maxStates: 10 }, 'stopped at 10 states'],
    ['a spec at fault', faulty, {}, 'the spec is at fault (range) in up'],
    ['something else', ['classics/peterson-2'], {}, 'expected a scenario, came Array ['],
    ['nothing', undefined, {}, 'expected a scenario, came undefined'],
  ])('%s fails, with not and without', (_, subject, options, text) => {
    expect(failure(() => expect(subject).toHold(options))).toContain(text)
    expect(failure(() => expect(subject).not.toHold(options))).toContain(text)
  })
})
