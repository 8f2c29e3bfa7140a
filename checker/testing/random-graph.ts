/** Small random graphs as specs, with fairness and a temporal property: for comparing the check of liveness with its definition. */
import fc from 'fast-check'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { blocked, sleep } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { oneCpu, strong, weak } from '../property/fairness.js'
import type { TemporalForm } from '../property/property.js'
import { ordinal } from '../schema/domain.js'
import { int, schema } from '../schema/field.js'
import type { AbstractGraph, GraphEdge, LiveGraph } from './naive-liveness.js'

/** A graph; its `fair` is that of steps, besides that of processes on a CPU. */
export interface GraphPlan extends LiveGraph {
  /** Actions by falling priority: each is a process, and all are on one CPU. Without it actions are actions. */
  readonly cpu?: readonly (readonly number[])[] | undefined
  /** By action: the nodes in which nobody takes the CPU from it. */
  readonly atomic?: readonly (readonly boolean[])[]
  /** What it refines, in place of the temporal property. */
  readonly abstract?: AbstractGraph | undefined
}

/** All that is fair. */
export function liveGraphOf(plan: GraphPlan): LiveGraph {
  const { fair, cpu = [], atomic = [] } = plan
  const ranked = cpu.flatMap((level, i) =>
    level.map((a) => ({ isStrong: false, actions: [a], below: cpu.slice(0, i).flat(), atomic: atomic[a] ?? [] })),
  )
  return { ...plan, fair: [...fair, ...ranked] }
}

const FORMS: readonly TemporalForm[] = ['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways']

/** Once in so many times. */
function rarely(times: number): fc.Arbitrary<boolean> {
  return fc.nat(times - 1).map((n) => n === times - 1)
}

export const graphPlan = planOf({ nodes: 7, actions: 1, fair: 3, again: 1, holds: fc.boolean() }, () => fc.constant(undefined))

/** With what it refines. */
export const refinedPlan = planOf({ nodes: 7, actions: 1, fair: 2, again: 1, holds: fc.boolean() }, () => fc.constant(undefined)).chain(
  (plan) => abstractOf(plan.nodes).map((abstract): GraphPlan => ({ ...plan, abstract })),
)

/** Of processes on a CPU. */
export const cpuPlan = planOf({ nodes: 5, actions: 2, fair: 0, again: 0, holds: rarely(4) }, levelsOf)

/**
 * @param most how many nodes, and how much fairness besides; but `actions` says how many there are at least
 */
function planOf(
  most: Readonly<Record<'nodes' | 'actions' | 'fair' | 'again', number>> & { readonly holds: fc.Arbitrary<boolean> },
  cpuOf: (actions: number) => fc.Arbitrary<GraphPlan['cpu']>,
): fc.Arbitrary<GraphPlan> {
  return fc
    .record({ nodes: fc.integer({ min: 1, max: most.nodes }), actions: fc.integer({ min: most.actions, max: 4 }) })
    .chain(({ nodes, actions }) => {
      const node = fc.nat(nodes - 1)
      const edges = fc.array(fc.tuple(node, node, fc.boolean()), { maxLength: nodes + 1 })
      const flags = fc.array(fc.boolean(), { minLength: nodes, maxLength: nodes })
      const some = fc.uniqueArray(fc.nat(actions - 1), { minLength: 1, maxLength: 2 })
      return fc.record({
        nodes: fc.constant(nodes),
        initial: fc.uniqueArray(node, { minLength: 1, maxLength: 2 }),
        actions: fc.array(edges, { minLength: actions, maxLength: actions }),
        cpu: cpuOf(actions),
        atomic: fc.array(fc.array(rarely(12), { minLength: nodes, maxLength: nodes }), { minLength: actions, maxLength: actions }),
        fair: fc.array(fc.record({ isStrong: fc.boolean(), actions: some }), { maxLength: most.fair }),
        again: fc.array(flags, { maxLength: most.again }),
        form: fc.constantFrom(...FORMS),
        holds: fc.array(most.holds, { minLength: nodes, maxLength: nodes }),
        when: flags,
      })
    })
}

/** Of three nodes and two actions. */
function abstractOf(nodes: number): fc.Arbitrary<AbstractGraph> {
  const node = fc.nat(2)
  const edges = fc.array(fc.tuple(node, node), { minLength: 1, maxLength: 3 })
  const actions = fc.uniqueArray(fc.nat(1), { minLength: 1, maxLength: 2 })
  return fc.record({
    map: fc.array(node, { minLength: nodes, maxLength: nodes }),
    actions: fc.array(edges, { minLength: 2, maxLength: 2 }),
    fair: fc.array(fc.record({ isStrong: fc.boolean(), actions }), { minLength: 1, maxLength: 2 }),
  })
}

/** Two or three, of all actions. */
function levelsOf(actions: number): fc.Arbitrary<number[][]> {
  const all = Array.from({ length: actions }, (_, a) => a)
  const order = fc.shuffledSubarray(all, { minLength: actions })
  return order.map((list) => [list.slice(0, 1), list.slice(1, 2), list.slice(2)].filter((level) => level.length > 0))
}

interface At {
  at: number
}

/** What an action does, if it can. */
function go(s: At, edges: readonly GraphEdge[]): GraphEdge | undefined {
  const ways = edges.filter(([from]) => from === s.at)
  if (ways.length === 0) return undefined
  const way = ways[choose(ways.length)]
  s.at = way?.[1] ?? s.at
  return way
}

/** A spec that goes anywhere, and is fair to some of its actions. */
function abstractSpec({ actions, fair }: AbstractGraph) {
  const words = language(schema({ at: int(0, 2) }))
  const declared = actions.map((edges, i) =>
    words.action(`b${i}`, { guard: ({ at }) => edges.some(([from]) => from === at), effect: (s) => go(s, edges) }),
  )
  const anywhere = words.action('anywhere', {
    guard: () => true,
    effect(s) {
      s.at = choose(3)
    },
  })
  return words.spec({
    name: 'abstract',
    title: 'A graph',
    init(s) {
      s.at = choose(3)
    },
    actions: [...declared, anywhere],
    properties: [],
    fairness: fair.map((f) => (f.isStrong ? strong : weak).any(...f.actions.map((a) => `b${a}`))),
  })
}

export function graphScenario({
  nodes,
  initial,
  actions,
  cpu,
  atomic = [],
  fair,
  again,
  form,
  holds,
  when,
  abstract,
}: GraphPlan): Scenario {
  const words = language(schema({ at: int(0, nodes - 1), spare: int(0, 1) }))
  const named = (i: number) => `a${i}`
  const ofActions = () =>
    actions.map((edges, i) =>
      words.action(named(i), { guard: ({ at }) => edges.some(([from]) => from === at), effect: (s) => go(s, edges) }),
    )
  const ofProcesses = () =>
    actions.map((edges, i) => {
      const step = (s: At) => {
        const way = go(s, edges)
        return way === undefined ? blocked : way[2] ? sleep('go') : 'go'
      }
      return process(`p${i}`, words.procedure(named(i), {}, { go: step }))({})
    })
  const isOn = (flags: readonly boolean[]) => (s: { at: number }) => flags[s.at] === true
  const fairness = [
    ...fair.map((f) => (f.isStrong ? strong : weak).any(...f.actions.map((a) => (cpu ? `${named(a)}.go` : named(a))))),
    ...(cpu
      ? [
          oneCpu(
            cpu.map((level) => level.map((a) => `p${a}`)),
            (s: At, thread) => atomic[ordinal(thread) - 1]?.[s.at] === true,
          ),
        ]
      : []),
    ...again.map((flags, i) => words.again(`set ${i}`, isOn(flags))),
  ]
  const temporal = () =>
    form === 'leadsTo' ? words.leadsTo('Live', 'It is live.', isOn(when), isOn(holds)) : words[form]('Live', 'It is live.', isOn(holds))
  const refines = ({ map }: AbstractGraph, of: ReturnType<typeof abstractSpec>) =>
    words.refines('Live', 'It is as fair.', of, (s, abstractly) => {
      abstractly.at = map[s.at] ?? 0
    })
  const property = abstract === undefined ? temporal() : refines(abstract, abstractSpec(abstract))
  const subject = words.spec({
    name: 'graph',
    title: 'A graph',
    actions: cpu ? [] : ofActions(),
    properties: [property],
    fairness,
    init(s) {
      s.at = choose(initial)
    },
    final: () => true,
  })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'one', title: '', run: cpu ? ofProcesses() : [], expect }) as unknown as Scenario
}
