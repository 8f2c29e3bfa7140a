import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { explore } from '../explore/explore.js'
import type { Scenario } from '../machine/scenario.js'
import { isSameStep } from './trace-step.js'
import { type Position, Walker, type WayOn } from './walker.js'

const small = ['classics/two-phase-commit-3', 'classics/readers-writers-3', 'vswap/swap-device-null+rfc-v2']

/** Goes everywhere. */
function everywhere(scenario: Scenario): { distinct: number; generated: number; failures: number } {
  const walker = new Walker(scenario)
  const seen = new Set<string>()
  const waiting: Position[] = []
  let [generated, failures] = [0, 0]
  const arrive = (position: Position): void => {
    generated++
    const key = position.words.join()
    if (!seen.has(key)) waiting.push(position)
    seen.add(key)
  }
  for (const start of walker.starts()) arrive(start)
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { to, failure } of walker.from(next)) {
      if (failure === undefined) arrive(to)
      else failures++
    }
  }
  return { distinct: seen.size, generated, failures }
}

describe('a walk', () => {
  test.each(scenarios.filter(({ id, expect }) => small.includes(id) && expect.verdict === 'holds'))(
    'comes to all states of $id',
    (scenario) => {
      const { distinct, generated } = explore(scenario)
      expect(everywhere(scenario)).toEqual({ distinct, generated, failures: 0 })
    },
  )

  test('meets the step that fails, and says why', () => {
    const scenario = scenarios.find(({ id }) => id === 'vswap/swap-device-null+rfc-v2') as Scenario
    const { verdict } = explore(scenario)
    const { trace } = verdict as Extract<typeof verdict, { kind: 'violated' }>
    const walker = new Walker(scenario)
    let last: Partial<WayOn> = { to: walker.starts()[0] as Position }
    for (const [i, step] of trace.steps.entries()) {
      const ways = walker.from(last.to as Position)
      last = ways.find((way) => isSameStep(way.step, step)) ?? {}
      expect(String(last.to?.state.variables)).toBe(String(trace.states[i + 1]?.variables))
    }
    expect(last.failure).toBe('NULL pointer dereference: si->flags')
  })

  test('there is something to come to', () => {
    expect(scenarios.filter(({ id }) => small.includes(id)).length).toBeGreaterThan(1)
  })
})
