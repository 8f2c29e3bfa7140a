import { expect, test } from 'vitest'
import { explore } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { judge } from '../judgement.js'
import { reductionLine } from './reduction.js'

const named = (id: string) => {
  const scenario = scenarios.find((s) => s.id === id)
  if (scenario === undefined) throw new Error(`no scenario ${id}`)
  return scenario
}

test('a reduced search is compared by its verdict, and says how much smaller it was', () => {
  const report = explore(named('classics/two-phase-commit-5'), { reduction: 'symmetry' })
  expect(judge(report).differences).toEqual([])
  expect(reductionLine(report)).toEqual(['reduced by symmetry: 314 of 8,832 states, 28.13 times fewer'])
})

test('where the verdict is another, the states cannot be compared', () => {
  const scenario = named('classics/two-phase-commit-5')
  const wrong = { ...scenario, expect: { ...scenario.expect, verdict: 'deadlock' as const } }
  const report = explore(wrong, { reduction: 'symmetry' })
  expect(judge(report).differences).toEqual(['verdict: expected deadlock, came holds'])
  expect(reductionLine(report)).toEqual(['reduced by symmetry'])
})

test('a search of all states says nothing', () => {
  expect(reductionLine(explore(named('classics/peterson-2')))).toEqual([])
})
