/** What a violation of a temporal property has to stay in, and where it starts. */
import type { Levels } from '../explore/levels.js'
import { LearnedPredicates } from '../learn/learned-predicates.js'
import type { System } from '../machine/system.js'
import { evaluate } from '../property/property-check.js'
import type { Scope } from './fair-component.js'
import type { Instance } from './instance.js'
import type { StateGraph } from './state-graph.js'

const HOLDS = 1
const WHEN = 2

/** States that are looked at before it yields. */
const TURN = 1 << 14

/** A scope, and whether the property's antecedent holds anywhere. */
export interface TemporalScope extends Scope {
  readonly isAsked: boolean
}

export function* scopeOf(system: System, graph: StateGraph, levels: Levels, instance: Instance): Generator<undefined, TemporalScope> {
  const flags = yield* flagsOf(system, graph, instance)
  const isOut = (id: number): boolean => ((flags[id] as number) & HOLDS) === 0
  const isAsked = (id: number): boolean => ((flags[id] as number) & (WHEN | HOLDS)) === WHEN
  function* everywhere(isRoot: (id: number) => boolean): Generator<number, undefined> {
    for (let id = 0; id < flags.length; id++) if (isRoot(id)) yield id
    return undefined
  }
  // Of a refinement: is what is to be fair there enabled anywhere?
  const isAskedFor = instance.avoided === undefined || flags.some((f) => (f & HOLDS) === 0)
  const scope = { has: isOut, accepts: () => true, isAsked: isAskedFor }
  switch (instance.form) {
    case 'eventually':
      return { ...scope, roots: () => levels.idsAt(0) }
    case 'alwaysEventually':
      return { ...scope, roots: () => everywhere(isOut) }
    case 'eventuallyAlways':
      return { ...scope, has: () => true, accepts: isOut, roots: () => everywhere(() => true) }
    case 'leadsTo':
      return { ...scope, roots: () => everywhere(isAsked), isAsked: flags.some((f) => (f & WHEN) !== 0) }
  }
}

/** For each state, what the property says of it. */
function* flagsOf(
  system: System,
  graph: StateGraph,
  { property, form, holds, when, isOfVariables }: Instance,
): Generator<undefined, Uint8Array> {
  const predicates = [holds, when]
  const learned = new LearnedPredicates(
    system,
    predicates.map((p) => (_, s) => p(s)),
    new Int32Array(system.words),
  )
  const flags = new Uint8Array(graph.size)
  const answer = (number: number): boolean =>
    evaluate(property, () => {
      const known = isOfVariables ? learned.answer(number) : undefined
      if (known !== undefined) return known
      system.view.load()
      return predicates[number]?.(system.s) === true
    })
  for (let id = 0; id < flags.length; id++) {
    graph.open(id)
    flags[id] = (answer(0) ? HOLDS : 0) | (form === 'leadsTo' && answer(1) ? WHEN : 0)
    if (id % TURN === 0) {
      yield undefined
      system.activate()
    }
  }
  return flags
}
