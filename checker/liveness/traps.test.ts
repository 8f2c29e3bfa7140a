/** What checkers of liveness have got wrong, each by name. */
import { describe, expect, test } from 'vitest'
import { scenarios } from '../../specs/index.js'
import { explore } from '../explore/explore.js'
import type { ExploreOptions } from '../explore/report.js'
import type { GraphEdge } from '../testing/naive-liveness.js'
import { type GraphPlan, graphScenario } from '../testing/random-graph.js'
import type { Verdict } from '../verdict.js'

type Edges = readonly GraphEdge[]

/** Actions a0 and a1 on nodes from 0 on; P holds in `goal`. */
function verdictOf(a0: Edges, a1: Edges, goal: readonly number[], plan: Partial<GraphPlan> = {}): Verdict {
  const nodes = 1 + Math.max(0, ...[...a0, ...a1].map(([from, to]) => Math.max(from, to)))
  const holds = Array.from({ length: nodes }, (_, n) => goal.includes(n))
  const graph = { nodes, initial: [0], actions: [a0, a1], fair: [], again: [], form: 'eventually' as const, holds, when: [] }
  return explore(graphScenario({ ...graph, ...plan })).verdict
}

const fairly = (...actions: number[]) => actions.map((a) => ({ isStrong: false, actions: [a] }))
const strongly = (...actions: number[]) => actions.map((a) => ({ isStrong: true, actions: [a] }))

/** The nodes of a counterexample's loop, its first state again at the end. */
function loopOf(verdict: Verdict): unknown[] {
  if (verdict.kind !== 'violated') return []
  return verdict.trace.states.slice(verdict.trace.loop).map((s) => s.variables.get('at'))
}

describe('stuttering', () => {
  test('without fairness nothing need ever happen', () => {
    const verdict = verdictOf([[0, 1]], [[0, 1]], [1])
    expect(verdict).toMatchObject({ kind: 'violated', by: 'temporal', trace: { loop: 0 } })
    expect(loopOf(verdict)).toEqual([0])
  })

  test('a state without successors is stuttered in for ever, whatever is fair (not only cycles count)', () => {
    const ends: Edges = [
      [0, 1],
      [0, 2],
    ]
    expect(loopOf(verdictOf(ends, [], [1], { fair: strongly(0, 1) }))).toEqual([2])
  })

  test('<<A>>_v, not A: a step that leads back to its state is not taken, and forces nothing', () => {
    expect(verdictOf([[0, 0]], [[0, 1]], [1], { fair: fairly(0) }).kind).toBe('violated')
    expect(verdictOf([[0, 0]], [[0, 1]], [1], { fair: [{ isStrong: false, actions: [0, 1] }] }).kind).not.toBe('violated')
  })
})

describe('cycles', () => {
  const there: Edges = [
    [0, 1],
    [1, 0],
  ]

  test('a cycle that avoids the goal for ever is found (it is not enough to look at ends)', () => {
    expect(loopOf(verdictOf(there, [], [2], { fair: fairly(0) }))).toEqual([0, 1, 0])
  })

  test('an unfair cycle is no counterexample', () => {
    const out: Edges = [
      [0, 2],
      [1, 2],
    ]
    expect(verdictOf(there, out, [2]).kind).toBe('violated')
    expect(verdictOf(there, out, [2], { fair: fairly(0, 1) }).kind).not.toBe('violated')
  })

  test('weak fairness lets go of what is enabled now and then, and strong fairness does not', () => {
    expect(loopOf(verdictOf(there, [[0, 2]], [2], { fair: fairly(0, 1) }))).toEqual([0, 1, 0])
    expect(verdictOf(there, [[0, 2]], [2], { fair: [...fairly(0), ...strongly(1)] }).kind).toBe('holds')
  })

  test('a fair loop may have to go through several cycles of which none is fair', () => {
    const left: Edges = [
      [0, 1],
      [1, 0],
    ]
    const right: Edges = [
      [0, 2],
      [2, 0],
    ]
    const nodes = loopOf(verdictOf(left, right, [], { fair: strongly(0, 1), form: 'alwaysEventually' }))
    expect(new Set(nodes)).toEqual(new Set([0, 1, 2]))
    expect(nodes.at(-1)).toBe(nodes[0])
  })

  test('a component counts by its steps, not by its states (tlaplus 201)', () => {
    // The nodes are x and whether the last step was a0, which takes x to x + 1 modulo 3; a1 takes it anywhere.
    const at = (x: number, isLast: 0 | 1) => 2 * (x % 3) + isLast
    const [xs, lasts] = [[0, 1, 2], [0, 1] as const] as const
    const next = xs.flatMap((x) => lasts.map((l) => [at(x, l), at(x + 1, 1)] as const))
    const anywhere = xs.flatMap((x) => lasts.flatMap((l) => xs.map((y) => [at(x, l), at(y, 0)] as const)))
    const goal = xs.map((x) => at(x, 1))
    expect(verdictOf(next, anywhere, goal, { fair: fairly(0), form: 'alwaysEventually' }).kind).not.toBe('violated')
    expect(verdictOf(next, anywhere, goal, { fair: fairly(1), form: 'alwaysEventually' }).kind).toBe('violated')
  })

  test('what strong constraints leave of a component is searched again', () => {
    // a1 is enabled in 1 alone; the loop of 2 and 3 avoids it.
    const round: Edges = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 2],
      [3, 0],
    ]
    expect(new Set(loopOf(verdictOf(round, [[1, 4]], [4], { fair: [...fairly(0), ...strongly(1)] })))).toEqual(new Set([2, 3]))
  })
})

describe('one CPU', () => {
  /** Process 0 goes before process 1, whose goal is node 2. */
  const under = (high: Edges, low: Edges, cpu: GraphPlan['cpu'] = [[0], [1]]) => verdictOf(high, low, [2], { cpu })

  test('a spin that leads back to its state keeps the CPU, though it is no step', () => {
    const spun = under([[0, 0]], [[0, 2]])
    expect(loopOf(spun)).toEqual([0])
    expect(under([[0, 0]], [[0, 2]], [[0, 1]]).kind).not.toBe('violated')
  })

  test('who sleeps leaves the CPU, though its timer is enabled', () => {
    expect(under([[0, 0, true]], [[0, 2]]).kind).not.toBe('violated')
  })

  test('a step that may do without its sleep keeps the CPU', () => {
    const either: Edges = [
      [0, 0, true],
      [0, 0],
    ]
    expect(under(either, [[0, 2]]).kind).toBe('violated')
  })

  test('a sleep now and then is enough, and so what can go on only then goes on', () => {
    const napping: Edges = [
      [0, 1],
      [1, 0, true],
    ]
    expect(under(napping, [[1, 2]]).kind).toBe('holds')
    expect(under(napping, [[1, 2]], [[0, 1]]).kind).toBe('violated')
  })

  test('what cannot go on in the time that is left is owed nothing', () => {
    const napping: Edges = [
      [0, 1],
      [1, 0, true],
    ]
    expect(loopOf(under(napping, [[0, 2]]))).toEqual([0, 1, 0])
  })

  test('who is blocked leaves the CPU', () => {
    expect(under([[1, 0]], [[0, 2]]).kind).not.toBe('violated')
  })

  test('who cannot be preempted goes on, whoever spins', () => {
    expect(verdictOf([[0, 0]], [[0, 2]], [2], { cpu: [[0], [1]], atomic: [[], [true]] }).kind).not.toBe('violated')
  })

  test('who is of no priority here puts nobody off', () => {
    expect(under([[0, 0]], [[0, 2]], [[1]]).kind).not.toBe('violated')
  })
})

describe('vacuous', () => {
  const reasonsOf = (verdict: Verdict) => (verdict.kind === 'vacuous' ? verdict.reasons.map((r) => r.kind) : verdict.kind)

  test('a leadsTo whose antecedent never holds is vacuous, and not violated (tlaplus 604)', () => {
    expect(reasonsOf(verdictOf([[0, 1]], [[1, 0]], [], { form: 'leadsTo' }))).toEqual(['antecedent never holds'])
  })

  test('a leadsTo whose antecedent holds where its goal does is kept there', () => {
    expect(reasonsOf(verdictOf([[0, 1]], [[1, 0]], [1], { form: 'leadsTo', when: [false, true] }))).toBe('holds')
  })

  test('a property that its own fairness implies (tlaplus 1193)', () => {
    const isOne = [false, true]
    const plan = { again: [isOne], form: 'alwaysEventually' } as const
    expect(reasonsOf(verdictOf([[0, 1]], [[1, 0]], [1], plan))).toEqual(['implied by its fairness'])
  })

  test('a fairness that no behaviour satisfies (tlaplus 161)', () => {
    const plan = { again: [[true, false]], form: 'eventuallyAlways' } as const
    expect(reasonsOf(verdictOf([[0, 1]], [[1, 2]], [0], { ...plan, fair: fairly(0, 1) }))).toEqual(['no fair behaviour'])
  })
})

describe('sound by refusal', () => {
  const clientsWait = scenarios.find((s) => s.id === 'classics/simple-allocator-3-2-clients-wait')
  const run = (options: ExploreOptions) => {
    if (clientsWait === undefined) throw new Error('no such scenario')
    return explore(clientsWait, options)
  }

  test.each(['symmetry', 'partial-order'] as const)('%s is left out, and that is said (tlaplus 59, 644)', (reduction) => {
    const { verdict, distinct, reductions, unreduced } = run({ reduction })
    expect({ distinct, reductions, unreduced }).toEqual({ distinct: 400, reductions: [], unreduced: reduction })
    expect(JSON.stringify(verdict)).toBe(JSON.stringify(run({}).verdict))
  })

  test('a store that does not keep all states cannot tell', () => {
    expect(run({ store: 'compact' }).verdict).toEqual({ kind: 'incomplete', bound: 'temporal', limit: 0 })
  })

  test('a search that was stopped says nothing of liveness', () => {
    expect(run({ maxStates: 50 }).verdict).toMatchObject({ kind: 'incomplete', bound: 'states' })
  })
})
