/** Refinement by its definition: the abstract spec is a machine of its own, and each state of the other is one of its states. */
import { Map as ImmutableMap, Set as ImmutableSet } from 'immutable'
import type { Scenario } from '../machine/scenario.js'
import type { Refinement } from '../property/property.js'
import { type State, ToyMachine } from './toy-machine.js'

/** @param s the variables of an initial state */
export function beginsAs(refinement: Refinement, scenario: Scenario, s: object): boolean {
  return abstractOf(refinement, scenario).begins(s)
}

/** A step, or none at all. */
export function goesOnAs(refinement: Refinement, scenario: Scenario, before: object, after: object): boolean {
  return abstractOf(refinement, scenario).allows(before, after)
}

class Abstract {
  readonly #machine: ToyMachine
  readonly #map: Refinement['map']
  #next = ImmutableMap<State, ImmutableSet<State>>()

  constructor({ of: spec, map }: Refinement, { bounds = {} }: Scenario) {
    const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
    this.#machine = new ToyMachine({ kind: 'scenario', id: '', spec, name: '', title: '', bounds, expect })
    this.#map = map
  }

  begins(s: object): boolean {
    const begun = this.#stateOf(s)
    return this.#machine.initial().some((state) => state.equals(begun))
  }

  allows(before: object, after: object): boolean {
    const [from, to] = [this.#stateOf(before), this.#stateOf(after)]
    return from.equals(to) || this.#after(from).has(to)
  }

  #stateOf(s: object): State {
    return this.#machine.stateOf((abstract) => this.#map(s, abstract))
  }

  #after(state: State): ImmutableSet<State> {
    const next = this.#next.get(state) ?? ImmutableSet(this.#machine.edges(state).map((edge) => edge.to))
    this.#next = this.#next.set(state, next)
    return next
  }
}

/** What has been made of each refinement of a scenario. */
const made = new WeakMap<Scenario, Map<Refinement, Abstract>>()

function abstractOf(refinement: Refinement, scenario: Scenario): Abstract {
  const ofScenario = made.get(scenario) ?? new Map<Refinement, Abstract>()
  made.set(scenario, ofScenario)
  const abstract = ofScenario.get(refinement) ?? new Abstract(refinement, scenario)
  ofScenario.set(refinement, abstract)
  return abstract
}
