/** What an observer's scenario may show, by its definition: every run is followed, one by one. The oracle of checker/conform. */
import { Map as ImmutableMap, Set as ImmutableSet, List, Record } from 'immutable'
import type { Observation, Observer } from '../conform/observer.js'
import { toPlain } from './plain-view.js'
import { type Edge, type State, ToyMachine } from './toy-machine.js'

/** A state, and the actor that each process stands for; undefined for none. */
class Explained extends Record({ state: undefined as unknown as State, actors: List<number | undefined>() }) {}

/** Answers how many of some observations a run of the scenario shows, in this order and from its beginning. */
export function explainedBy(observer: Observer): (observations: readonly Observation[]) => number {
  const machine = new ToyMachine(observer.scenario)
  const { run = [] } = observer.scenario
  const shows = (state: State): number => observer.shows(toPlain(state.variables) as object)

  const edgesOf = ImmutableMap<State, Edge[]>().asMutable()
  const edges = (state: State): Edge[] => {
    if (!edgesOf.has(state)) edgesOf.set(state, machine.edges(state))
    return edgesOf.get(state) ?? []
  }

  const isAtRest = (state: State, process: number): boolean => {
    const stack = state.stacks.get(process)
    const root = run[process]?.procedure
    const [first] = root?.steps.keys() ?? []
    const top = stack?.last()
    return stack === undefined || stack.isEmpty() || (stack.size === 1 && top?.procedure === root && top?.label === first)
  }

  /** Where one step leads that looks like this; with `undefined`, a hidden one. */
  const after = ({ state, actors }: Explained, seen: Observation | undefined): Explained[] =>
    edges(state).flatMap(({ process, step, to, failed }) => {
      if (failed !== undefined || observer.label(step, shows(state), shows(to)) !== seen?.label) return []
      let acting = actors
      if (process !== undefined && seen !== undefined) {
        const own = actors.get(process)
        if (own !== undefined && own !== seen.actor) return []
        acting = actors.set(process, seen.actor)
      }
      return [new Explained({ state: to, actors: acting.map((actor, i) => (isAtRest(to, i) ? undefined : actor)) })]
    })

  const closed = (from: Iterable<Explained>): ImmutableSet<Explained> => {
    let found = ImmutableSet<Explained>()
    let frontier = [...from]
    while (frontier.length > 0) {
      const fresh = frontier.filter((e) => !found.has(e))
      found = found.union(fresh)
      frontier = fresh.flatMap((e) => after(e, undefined))
    }
    return found
  }

  const nobody = List<number | undefined>(run.map(() => undefined))
  const start = closed(machine.initial().map((state) => new Explained({ state, actors: nobody })))

  return (observations) => {
    let possible = start
    for (const [i, seen] of observations.entries()) {
      possible = closed(possible.toArray().flatMap((e) => after(e, seen)))
      if (possible.isEmpty()) return i
    }
    return observations.length
  }
}
