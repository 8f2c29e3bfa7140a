/** What one scenario can do and another cannot: states, transitions by step, and behaviours seen through some of the variables. */
import { distinguish, type ReachableGraph, type Trace } from '../checker/index.js'

export interface Tally {
  readonly both: number
  /** In the first alone, and in the second alone. */
  readonly lost: number
  readonly gained: number
}

export interface ScenarioDifference {
  readonly through: readonly string[]
  readonly states: Tally
  /** Transitions by the name of their step, those of the first scenario first. */
  readonly transitions: ReadonlyMap<string, Tally>
  /** A shortest behaviour of the first that looks like none of the second, and the reverse. */
  readonly lost?: Trace | undefined
  readonly gained?: Trace | undefined
}

/** @param through variables that both have */
export function compareGraphs(first: ReachableGraph, second: ReachableGraph, through: readonly string[]): ScenarioDifference {
  const one = { graph: first, views: viewsOf(first, through) }
  const other = { graph: second, views: viewsOf(second, through) }
  const [mine, theirs] = [transitionsOf(first), transitionsOf(second)]
  const steps = [...new Set([...mine.keys(), ...theirs.keys()])]
  return {
    through,
    states: tally(new Set(first.states.map(keyOf)), new Set(second.states.map(keyOf))),
    transitions: new Map(steps.map((step) => [step, tally(mine.get(step) ?? new Set(), theirs.get(step) ?? new Set())])),
    lost: distinguish(one, other),
    gained: distinguish(other, one),
  }
}

type State = ReachableGraph['states'][number]

function viewsOf({ states }: ReachableGraph, through: readonly string[]): string[] {
  return states.map(({ variables }) => through.map((name) => String(variables.get(name))).join('\n'))
}

/** The whole state, as text: equal where the states are. */
function keyOf({ variables, processes }: State): string {
  const places = processes.map(({ name, at, frames }) => [name, at, ...frames.map((f) => String(f.locals))].join('\n'))
  return [String(variables), ...places].join('\n')
}

function transitionsOf({ states, steps }: ReachableGraph): Map<string, Set<string>> {
  const keys = states.map(keyOf)
  const found = new Map<string, Set<string>>()
  for (const [from, out] of steps.entries()) {
    for (const { step, to } of out) {
      const ofStep = found.get(step.step) ?? new Set()
      found.set(step.step, ofStep.add([step.process, keys[from], keys[to]].join('\n\n')))
    }
  }
  return found
}

function tally(mine: ReadonlySet<string>, theirs: ReadonlySet<string>): Tally {
  const both = [...mine].filter((key) => theirs.has(key)).length
  return { both, lost: mine.size - both, gained: theirs.size - both }
}
