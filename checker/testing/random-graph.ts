/** Small random graphs as specs, with fairness and a temporal property: for comparing the check of liveness with its definition. */
import fc from 'fast-check'
import { choose } from '../machine/choice.js'
import { language } from '../machine/language.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { strong, weak } from '../property/fairness.js'
import type { TemporalForm } from '../property/property.js'
import { int, schema } from '../schema/field.js'

/** Nodes are numbers from 0 on. */
export interface GraphPlan {
  readonly nodes: number
  readonly initial: readonly number[]
  /** By action: from which node to which. */
  readonly actions: readonly (readonly (readonly [number, number])[])[]
  readonly fair: readonly { readonly isStrong: boolean; readonly actions: readonly number[] }[]
  /** Sets of nodes to one of which a behaviour comes back again and again. */
  readonly again: readonly (readonly boolean[])[]
  readonly form: TemporalForm
  /** Where P holds, and Q of `leadsTo`. */
  readonly holds: readonly boolean[]
  readonly when: readonly boolean[]
}

const FORMS: readonly TemporalForm[] = ['eventually', 'leadsTo', 'alwaysEventually', 'eventuallyAlways']

export const graphPlan: fc.Arbitrary<GraphPlan> = fc
  .record({ nodes: fc.integer({ min: 1, max: 7 }), actions: fc.integer({ min: 1, max: 4 }) })
  .chain(({ nodes, actions }) => {
    const node = fc.nat(nodes - 1)
    const edges = fc.array(fc.tuple(node, node), { maxLength: nodes + 1 })
    const flags = fc.array(fc.boolean(), { minLength: nodes, maxLength: nodes })
    const some = fc.uniqueArray(fc.nat(actions - 1), { minLength: 1, maxLength: 2 })
    return fc.record({
      nodes: fc.constant(nodes),
      initial: fc.uniqueArray(node, { minLength: 1, maxLength: 2 }),
      actions: fc.array(edges, { minLength: actions, maxLength: actions }),
      fair: fc.array(fc.record({ isStrong: fc.boolean(), actions: some }), { maxLength: 3 }),
      again: fc.array(flags, { maxLength: 1 }),
      form: fc.constantFrom(...FORMS),
      holds: flags,
      when: flags,
    })
  })

export function graphScenario({ nodes, initial, actions, fair, again, form, holds, when }: GraphPlan): Scenario {
  const words = language(schema({ at: int(0, nodes - 1), spare: int(0, 1) }))
  const named = (i: number) => `a${i}`
  const declared = actions.map((edges, i) =>
    words.action(named(i), {
      guard: ({ at }) => edges.some(([from]) => from === at),
      effect(s) {
        const { at } = s
        s.at = choose(edges.flatMap(([from, to]) => (from === at ? [to] : [])))
      },
    }),
  )
  const isOn = (flags: readonly boolean[]) => (s: { at: number }) => flags[s.at] === true
  const fairness = [
    ...fair.map((f) => (f.isStrong ? strong : weak).any(...f.actions.map(named))),
    ...again.map((flags, i) => words.again(`set ${i}`, isOn(flags))),
  ]
  const property =
    form === 'leadsTo' ? words.leadsTo('Live', 'It is live.', isOn(when), isOn(holds)) : words[form]('Live', 'It is live.', isOn(holds))
  const subject = words.spec({
    name: 'graph',
    title: 'A graph',
    actions: declared,
    properties: [property],
    fairness,
    init(s) {
      s.at = choose(initial)
    },
    final: () => true,
  })
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  return scenario(subject, { name: 'one', title: '', expect }) as unknown as Scenario
}
