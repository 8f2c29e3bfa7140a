import { describe, expect, test } from 'vitest'
import { explore, type Violated } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { findGoal, goalsOf } from './goals.js'
import { formatPathOfSteps, Paths, parsePathOfSteps } from './path.js'

const broken = scenarios.find(({ id }) => id === 'vswap/swap-device-null+rfc-v2') ?? scenarios[0]
if (broken === undefined) throw new Error('there are no scenarios')
const { trace } = explore(broken).verdict as Violated
const paths = new Paths(broken)

describe('a path', () => {
  test('of a trace leads through its states', () => {
    const path = paths.pathOf(trace)
    const visit = paths.visit(parsePathOfSteps(formatPathOfSteps(path)))
    expect(visit.trace.steps).toEqual(trace.steps)
    expect(visit.trace.states.map(String)).toEqual(trace.states.map(String))
    expect([visit.failure, visit.enabled]).toEqual(['NULL pointer dereference: si->flags', []])
  })

  test.each(['', 'a', '1.', '-1', '0..1', '0.1234567'])("'%s' is none", (text) => {
    expect(() => parsePathOfSteps(text)).toThrow(`'${text}' is no path; expected`)
  })

  test('says where it goes wrong', () => {
    expect(() => paths.visit([7])).toThrow('at its place 0: there is no initial state 7, only 1')
    expect(() => paths.visit([0, 99])).toThrow(/at its place 1: there is no enabled step 99, only \d/)
  })
})

describe('a goal', () => {
  const { signal } = new AbortController()

  test('is each property that a search can meet', () => {
    expect(goalsOf(broken).map(({ name }) => name)).toContain('NoUseAfterFree')
  })

  test('that is broken is found, with the shortest way there', async () => {
    const found = await findGoal(broken, 'NoUseAfterFree', signal)
    expect('trace' in found && found.trace.steps).toEqual(trace.steps)
  })

  test('that nothing shows is not, and that is said', async () => {
    const holds = scenarios.find(({ id }) => id === 'classics/two-phase-commit-3') ?? broken
    const [name = ''] = goalsOf(holds).map((goal) => goal.name)
    expect(await findGoal(holds, name, signal)).toEqual({ reason: 'nothing breaks it' })
    expect(await findGoal(holds, 'Nothing', signal)).toEqual({ reason: "the scenario has no property called 'Nothing'" })
  })
})
