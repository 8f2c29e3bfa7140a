/** The check of liveness against its definition, on random machines with processes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { isViolated } from '../testing/naive-liveness.js'
import { graphsOf, liveMachine } from '../testing/random-live-machine.js'
import { scenarioOf } from '../testing/random-machine.js'
import { replay } from '../trace/replay.js'
import { temporalOf } from './instance.js'

const SEED = 20_261_126
const RUNS = 400
/** Larger ones take the toy too long, and are passed over. */
const MOST_STATES = 30
/** Of the machines, at least so many are to be met of each kind: else the test would see too little of it. */
const LEAST = {
  'return violated': 45,
  'return kept': 14,
  'property violated': 50,
  'property kept': 30,
  'priorities violated': 20,
  'priorities kept': 20,
  'a loop of steps': 5,
}

test('the check agrees with the definition on random machines with processes', { timeout: 200_000 }, () => {
  const met = new Map<string, number>()
  const note = (what: string): void => void met.set(what, (met.get(what) ?? 0) + 1)
  const property = fc.property(liveMachine, (plan) => {
    const subject = scenarioOf(plan)
    const live = temporalOf(subject).find((p) => p.kind === 'temporal')
    const graphs = live && graphsOf(subject, live, MOST_STATES)
    const answers = graphs?.map((graph) => isViolated(graph))
    if (answers === undefined || answers.includes(undefined)) {
      note('passed over')
      return
    }
    const { verdict } = explore(subject)
    const isLive = !answers.includes(true)
    expect(verdict.kind === 'violated').toBe(!isLive)
    const kind = plan.live?.returned === undefined ? 'property' : 'return'
    note(`${kind} ${isLive ? 'kept' : 'violated'}`)
    if (plan.live?.cpu.length) note(`priorities ${isLive ? 'kept' : 'violated'}`)
    if (verdict.kind !== 'violated') return
    const { trace } = verdict
    if (trace.steps.length > (trace.loop ?? 0)) note('a loop of steps')
    expect(replay(subject, { trace, claim: { kind: 'violated', property: 'Live' } }).kind).toBe('replayed')
  })
  fc.assert(property, { seed: SEED, numRuns: RUNS, endOnFailure: true })
  for (const [kind, count] of Object.entries(LEAST)) expect(met.get(kind) ?? 0, kind).toBeGreaterThanOrEqual(count)
})
