/** The check of liveness against its definition, on random graphs. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { hasFairBehaviour, isUnfair, isViolated } from '../testing/naive-liveness.js'
import { cpuPlan, type GraphPlan, graphPlan, graphScenario, liveGraphOf, refinedPlan } from '../testing/random-graph.js'
import { replay } from '../trace/replay.js'
import type { Verdict } from '../verdict.js'

const SEED = 20_261_125

/** Of the graphs of a sort, at least so many are to be met of each kind: else the test would see too little of it. */
const SORTS = [
  {
    sort: 'actions',
    plans: graphPlan,
    runs: 3000,
    least: {
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
    },
  },
  {
    sort: 'actions that refine another',
    plans: refinedPlan,
    runs: 2000,
    least: { 'refinement violated': 300, 'refinement kept': 300, 'a loop of steps': 80, 'its own fairness decides, kept': 100 },
  },
  {
    sort: 'processes on one CPU',
    plans: cpuPlan,
    runs: 2000,
    least: { 'a loop of steps': 200, 'priorities decide, violated': 10, 'priorities decide, kept': 6 },
  },
]

test.each(SORTS)(
  'the check agrees with the definition on graphs of $sort, and each counterexample is fair and a violation',
  {
    timeout: 200_000,
  },
  ({ plans, runs, least }) => {
    const met = new Map<string, number>()
    const note = (what: string) => met.set(what, (met.get(what) ?? 0) + 1)
    const property = fc.property(plans, (plan) => {
      const subject = graphScenario(plan)
      const { verdict } = explore(subject)
      expect(verdict.kind === 'violated').toBe(isViolatedBy(plan))
      const answer = verdict.kind === 'violated' ? 'violated' : 'kept'
      note(plan.abstract === undefined ? `${plan.form} ${answer}` : `refinement ${answer}`)
      if (isOfFairness(plan)) note(`its own fairness decides, ${answer}`)
      if (isOfPriority(plan)) note(`priorities decide, ${answer}`)
      const isFairless = verdict.kind === 'vacuous' && verdict.reasons.some((r) => r.kind === 'no fair behaviour')
      if (verdict.kind !== 'violated') expect(isFairless).toBe(!hasFairBehaviour(liveGraphOf(plan)))
      if (isFairless) note('no fair behaviour')
      if (verdict.kind !== 'violated') return
      const { trace } = verdict
      expect(replay(subject, { trace, claim: { kind: 'violated', property: 'Live' } }).kind).toBe('replayed')
      for (const kind of kindsOf(plan, verdict)) note(kind)
    })
    fc.assert(property, { seed: SEED, numRuns: runs })
    for (const [kind, count] of Object.entries(least)) expect(met.get(kind) ?? 0, kind).toBeGreaterThanOrEqual(count)
  },
)

function isViolatedBy(plan: GraphPlan): boolean | undefined {
  return plan.abstract === undefined ? isViolated(liveGraphOf(plan)) : isUnfair(liveGraphOf(plan), plan.abstract)
}

/** Would the answer be another if nobody went before another? */
function isOfPriority(plan: GraphPlan): boolean {
  return plan.cpu !== undefined && isViolated(liveGraphOf(plan)) !== isViolated(liveGraphOf({ ...plan, cpu: [plan.cpu.flat()] }))
}

/** Would a refinement be violated if nothing were fair? */
function isOfFairness(plan: GraphPlan): boolean {
  return plan.abstract !== undefined && isViolatedBy({ ...plan, fair: [], again: [] }) !== isViolatedBy(plan)
}

function kindsOf({ fair }: GraphPlan, { trace }: Extract<Verdict, { kind: 'violated' }>): string[] {
  const onLoop = trace.steps.slice(trace.loop ?? 0).map((s) => Number.parseInt(s.step.slice(1), 10))
  const isStrong = fair.some((f) => f.isStrong && f.actions.some((a) => onLoop.includes(a)))
  return [...(onLoop.length > 0 ? ['a loop of steps'] : []), ...(isStrong ? ['a strong constraint taken on a loop'] : [])]
}
