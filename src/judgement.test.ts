import { describe, expect, test } from 'vitest'
import { type Expectation, explore, language, type Report, scenario, schema, type Verdict } from '../checker/index.js'
import { codeOf, judge } from './judgement.js'

const { spec } = language(schema({}))
const holds: Expectation = { verdict: 'holds', distinct: 1, generated: 1, depth: 1 }
const report = (expected: Partial<Expectation>, verdict: Verdict = { kind: 'holds' }): Report => {
  const nothing = spec({ name: 'nothing', title: '', properties: [], final: () => true })
  return { ...explore(scenario(nothing, { name: 'n', title: '', expect: { ...holds, ...expected } })), verdict }
}
const violated = (by: 'invariant' | 'step' | 'quiescent' | 'assertion'): Verdict => ({
  kind: 'violated',
  property: 'P',
  sentence: '',
  by,
  message: undefined,
  trace: { processes: [], states: [], steps: [] },
})

describe('as expected', () => {
  test('the verdict and all counts', () => expect(judge(report({}))).toEqual({ differences: [], code: 0 }))
  test('a violation, where it is expected', () => {
    expect(judge(report({ verdict: 'violated', property: 'P' }, violated('invariant')))).toEqual({ differences: [], code: 0 })
  })
  test('any violation, where no property is named', () => expect(judge(report({ verdict: 'violated' }, violated('step'))).code).toBe(0))
  test('the verdict alone, where the user expects it', () => expect(judge(report({ distinct: 7 }), 'holds').code).toBe(0))
})

describe('not as expected', () => {
  test('counts: each is named', () => {
    expect(judge(report({ distinct: 2000, generated: 3, depth: 4 }))).toEqual({
      differences: ['distinct: expected 2,000, came 1', 'generated: expected 3, came 1', 'depth: expected 4, came 1'],
      code: 17,
    })
  })
  test('another property', () => {
    expect(judge(report({ verdict: 'violated', property: 'Q' }, violated('invariant')))).toEqual({
      differences: ['property: expected Q, came P'],
      code: 12,
    })
  })
  test('another verdict, whatever the counts', () => {
    expect(judge(report({ verdict: 'violated', property: 'Q', distinct: 5 }))).toEqual({
      differences: ['verdict: expected violated (Q), came holds'],
      code: 17,
    })
  })
  test.each<[Verdict, number]>([
    [violated('invariant'), 12],
    [violated('step'), 12],
    [violated('quiescent'), 12],
    [violated('assertion'), 14],
    [{ kind: 'deadlock', trace: { processes: [], states: [], steps: [] } }, 11],
    [{ kind: 'vacuous', reasons: [] }, 15],
    [{ kind: 'incomplete', bound: 'states', limit: 1 }, 152],
    [{ kind: 'specError', fault: 'threw', message: '', step: undefined, trace: undefined }, 75],
    [{ kind: 'specError', fault: 'schema', message: '', step: undefined, trace: undefined }, 150],
  ])('$0.kind has the code of the verdict: %#', (verdict, code) => expect(judge(report({}, verdict)).code).toBe(code))
})

test('of several runs, the first that is not as expected says the code', () => {
  const outcomes = [report({}), report({}, violated('assertion')), report({ depth: 9 })].map((r) => ({ report: r, judgement: judge(r) }))
  expect(codeOf(outcomes)).toBe(14)
  expect(codeOf(outcomes.slice(0, 1))).toBe(0)
})
