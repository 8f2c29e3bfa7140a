import { fc, test as prop } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type GraphPlan, graphPlan, graphScenario } from '../testing/random-graph.js'
import { distinguish, type Viewed } from './distinguish.js'
import { reachable } from './reachable.js'
import type { Trace } from './trace.js'

const LONGEST = 5

/** What the nodes look like: three colours. */
const colours = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 7, maxLength: 7 })

function viewed(plan: GraphPlan, colour: readonly string[]): Viewed {
  const graph = reachable(graphScenario(plan), 100)
  if (graph === undefined) throw new Error('it is too large')
  return { graph, views: graph.states.map(({ variables }) => colour[Number(variables.get('at'))] ?? '') }
}

/** Every sequence of views that a behaviour looks like, up to a length: by definition, from all pairs of such a sequence and a state. */
function looks({ initial, actions }: GraphPlan, colour: readonly string[]): Set<string> {
  const pairs = new Set(initial.map((node) => `${colour[node]}:${node}`))
  for (const pair of pairs) {
    const [look = '', node] = pair.split(':')
    for (const [from, to] of actions.flat()) {
      if (from !== Number(node)) continue
      const longer = colour[to] === colour[from] ? look : look + colour[to]
      if (longer.length <= LONGEST) pairs.add(`${longer}:${to}`)
    }
  }
  return new Set([...pairs].map((pair) => pair.split(':')[0] ?? ''))
}

function lookOf(trace: Trace, colour: readonly string[]): string {
  const seen = trace.states.map(({ variables }) => colour[Number(variables.get('at'))] ?? '')
  return seen.filter((view, i) => view !== seen[i - 1]).join('')
}

prop.prop([graphPlan, graphPlan, colours], { numRuns: 300 })('finds what the definition says', (one, other, colour) => {
  const [mine, theirs] = [looks(one, colour), looks(other, colour)]
  const missing = [...mine].filter((look) => !theirs.has(look)).map((look) => look.length)
  const found = distinguish(viewed(one, colour), viewed(other, colour))
  if (missing.length > 0) {
    const look = lookOf(found as Trace, colour)
    expect(look.length).toBe(Math.min(...missing))
    expect(mine.has(look) && !theirs.has(look)).toBe(true)
  } else if (found !== undefined) expect(lookOf(found, colour).length).toBeGreaterThan(LONGEST)
})

prop.prop([graphPlan, colours], { numRuns: 50 })('a machine has all that it has', (plan, colour) => {
  expect(distinguish(viewed(plan, colour), viewed(plan, colour))).toBeUndefined()
})
