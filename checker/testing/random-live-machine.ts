/** Random machines with processes, with fairness and a temporal property; and what they are as graphs. */
import fc from 'fast-check'
import { Map as ImmutableMap } from 'immutable'
import type { Scenario } from '../machine/scenario.js'
import { type Fairness, type StepFairness, strong, weak } from '../property/fairness.js'
import type { Temporal } from '../property/property.js'
import type { Id } from '../schema/domain.js'
import { Draw } from './draw.js'
import { ProgramDrawer } from './draw-program.js'
import type { FairActions, GraphEdge, LiveGraph } from './naive-liveness.js'
import { toPlain } from './plain-view.js'
import { drawPlan, type LivePlan, type Next, type Plan } from './random-plan.js'
import { placesOf } from './random-schema.js'
import { type Edge, type State, ToyMachine } from './toy-machine.js'

export const liveMachine: fc.Arbitrary<Plan> = fc.gen().map((g) => {
  const draw = new Draw(g)
  const drawn = drawPlan(draw, { actions: draw.chance(30) ? 2 : 0, processes: 3 })
  const plan: Plan = { ...withSleeps(draw, drawn), properties: [], final: 'always' }
  return { ...plan, live: drawLive(draw, plan) }
})

function withSleeps(draw: Draw, plan: Plan): Plan {
  const asleep = (next: Next): Next => {
    if ('when' in next) return { ...next, yes: asleep(next.yes), no: asleep(next.no) }
    return 'go' in next && draw.chance(40) ? { sleep: next.go } : next
  }
  return { ...plan, procedures: plan.procedures.map((p) => ({ ...p, steps: p.steps.map((s) => ({ ...s, next: asleep(s.next) })) })) }
}

function drawLive(draw: Draw, { fields, run, procedures }: Plan): LivePlan {
  const program = new ProgramDrawer(draw, [], placesOf('s', fields))
  const names = [...new Set(run.map((r) => r.name))]
  const steps = run.flatMap(({ procedure }) => (procedures[procedure]?.steps ?? []).map((_, i) => `f${procedure}.l${i}`))
  const fairness = (): StepFairness => {
    const kind = draw.chance(30) ? strong : weak
    if (draw.chance(60)) return kind.processes(...(draw.chance(50) ? [] : [draw.from(names)]))
    return draw.chance(50) ? kind.steps(draw.from(steps)) : kind.any(draw.from(steps), draw.from(steps))
  }
  const isRanked = names.length > 1 && draw.chance(60)
  return {
    form: draw.from(['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways'] as const),
    holds: draw.chance(50) ? program.rare() : program.test(),
    when: program.test(),
    returned: draw.chance(40) ? draw.from(names) : undefined,
    fairness: draw.list(isRanked ? 0 : 1, 2, fairness),
    cpu: isRanked ? (draw.chance(50) ? names : names.toReversed()).map((name) => [name]) : [],
    atomic: draw.chance(30) ? program.test() : { not: 'always' },
  }
}

/**
 * The graph of a machine, once for each process of which its property is said.
 *
 * @returns undefined where there are too many states, or an assertion fails
 */
export function graphsOf(scenario: Scenario, property: Temporal, mostStates: number): LiveGraph[] | undefined {
  const machine = new ToyMachine(scenario)
  const states = machine.initial()
  let nodeOf = ImmutableMap<State, number>()
  const note = (state: State): number => {
    const known = nodeOf.get(state)
    if (known === undefined) nodeOf = nodeOf.set(state, nodeOf.size)
    return known ?? nodeOf.size - 1
  }
  const initial = states.map(note)
  const nodes = [...nodeOf.keys()]
  const labels = new Map<string, Label>()
  for (let node = 0; node < nodes.length; node++) {
    if (nodes.length > mostStates) return undefined
    for (const edge of machine.edges(nodes[node] as State)) {
      if (edge.failed !== undefined) return undefined
      const to = note(edge.to)
      if (to === nodes.length) nodes.push(edge.to)
      labelOf(labels, edge).edges.push([node, to, edge.slept])
    }
  }
  const all = [...labels.values()]
  const plain = nodes.map((state) => toPlain(state.variables) as object)
  const graph = {
    nodes: nodes.length,
    initial,
    actions: all.map((l) => l.edges),
    fair: scenario.spec.fairness.flatMap((f) => fairActions(scenario, all, plain, f)),
    again: [],
    form: property.form,
    when: plain.map((s) => property.when?.(s, undefined) === true),
  }
  const { returned } = property
  if (returned === undefined) return [{ ...graph, holds: plain.map((s) => property.holds(s, undefined)) }]
  return (scenario.run ?? []).flatMap(({ name }, i) =>
    returned.includes(name) ? [{ ...graph, holds: nodes.map((state) => state.stacks.get(i)?.isEmpty() === true) }] : [],
  )
}

/** What one process does at one step, or one action with its arguments. */
interface Label {
  readonly process: number | undefined
  readonly step: string
  readonly edges: GraphEdge[]
}

function labelOf(labels: Map<string, Label>, { process, step, args }: Edge): Label {
  const key = JSON.stringify([process ?? -1, step, args])
  const label = labels.get(key) ?? { process, step, edges: [] }
  labels.set(key, label)
  return label
}

function fairActions({ run = [] }: Scenario, labels: readonly Label[], states: readonly object[], fairness: Fairness): FairActions[] {
  if (fairness.kind === 'again') return []
  const those = (isOne: (label: Label) => boolean): number[] => labels.flatMap((l, i) => (isOne(l) ? [i] : []))
  const processes = (names: readonly string[]): number[] => run.flatMap(({ name }, i) => (names.includes(name) ? [i] : []))
  if (fairness.kind === 'one cpu') {
    const { levels, isAtomic } = fairness
    return levels.flatMap((names, level) => {
      const above = processes(levels.slice(0, level).flat())
      return processes(names).map((p) => ({
        isStrong: false,
        actions: those((l) => l.process === p),
        below: those((l) => l.process !== undefined && above.includes(l.process)),
        atomic: states.map((s) => isAtomic(s, (p + 1) as unknown as Id<'thread'>)),
      }))
    })
  }
  const isStrong = fairness.kind === 'strong'
  const { of, names } = fairness
  if (of === 'any') return [{ isStrong, actions: those((l) => names.includes(l.step)) }]
  if (of === 'processes') {
    const named = names.length === 0 ? run.map((_, i) => i) : processes(names)
    return named.map((p) => ({ isStrong, actions: those((l) => l.process === p) }))
  }
  return names.flatMap((name) => run.map((_, p) => ({ isStrong, actions: those((l) => l.process === p && l.step === name) })))
}
