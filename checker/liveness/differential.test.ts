/** The check of liveness against its definition, on random graphs. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { hasFairBehaviour, isViolated } from '../testing/naive-liveness.js'
import { type GraphPlan, graphPlan, graphScenario } from '../testing/random-graph.js'
import { replay } from '../trace/replay.js'
import type { Verdict } from '../verdict.js'

const SEED = 20_261_125
const RUNS = 3000
/** Of the graphs, at least so many end in each of these ways: else the test would see too little of it. */
const LEAST = {
  'eventually violated': 200,
  'leadsTo violated': 150,
  'alwaysEventually violated': 250,
  'eventuallyAlways violated': 250,
  'eventually kept': 200,
  'leadsTo kept': 300,
  'alwaysEventually kept': 200,
  'eventuallyAlways kept': 150,
  'a loop of steps': 200,
  'a strong constraint taken on a loop': 50,
  'no fair behaviour': 50,
}

test('the check agrees with the definition, and each counterexample is fair and a violation', { timeout: 200_000 }, () => {
  const met = new Map<string, number>()
  const note = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
  const property = fc.property(graphPlan, (plan) => {
    const subject = graphScenario(plan)
    const { verdict } = explore(subject)
    expect(verdict.kind === 'violated').toBe(isViolated(plan))
    note(`${plan.form} ${verdict.kind === 'violated' ? 'violated' : 'kept'}`)
    const isFairless = verdict.kind === 'vacuous' && verdict.reasons.some((r) => r.kind === 'no fair behaviour')
    if (verdict.kind !== 'violated') expect(isFairless).toBe(!hasFairBehaviour(plan))
    if (isFairless) note('no fair behaviour')
    if (verdict.kind !== 'violated') return
    const { trace } = verdict
    expect(replay(subject, { trace, claim: { kind: 'violated', property: 'Live' } }).kind).toBe('replayed')
    for (const kind of kindsOf(plan, verdict)) note(kind)
  })
  fc.assert(property, { seed: SEED, numRuns: RUNS })
  for (const [ending, least] of Object.entries(LEAST)) expect(met.get(ending) ?? 0, ending).toBeGreaterThanOrEqual(least)
})

function kindsOf({ fair }: GraphPlan, { trace }: Extract<Verdict, { kind: 'violated' }>): string[] {
  const onLoop = trace.steps.slice(trace.loop ?? 0).map((s) => Number(s.step.slice(1)))
  const isStrong = fair.some((f) => f.isStrong && f.actions.some((a) => onLoop.includes(a)))
  return [...(onLoop.length > 0 ? ['a loop of steps'] : []), ...(isStrong ? ['a strong constraint taken on a loop'] : [])]
}
