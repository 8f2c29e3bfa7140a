/** Evaluates the properties of a scenario on the state that the system's view shows. */
import { SpecFault } from '../fault.js'
import { LearnedPredicates, type Predicate } from '../learn/learned-predicates.js'
import type { System } from '../machine/system.js'
import { PackedView } from '../schema/packed-view.js'
import { LearnedRefinement } from './learned-refinement.js'
import { propertiesOf } from './properties-of.js'
import type { Invariant, MustFail, Property, Quiescent, Reachable, StepProperty } from './property.js'

/** A property that is asked of each new state. */
type StateProperty = Invariant | Reachable | MustFail

export class PropertyCheck {
  /** Those that wait for a state to show something, in order. */
  readonly waiting: readonly (Reachable | MustFail)[]
  /** Bits that the properties have read: where a step changes none of them, each answers as in the state before. */
  readonly watched: Int32Array
  /** Does what the properties say of a step depend on nothing but the two states? */
  readonly ignoresNames: boolean
  readonly #system: System
  readonly #learned: LearnedPredicates
  /** All that are learned; a property's number is its index. */
  readonly #numbered: readonly (StateProperty | StepProperty)[]
  readonly #isLearned: readonly boolean[]
  readonly #invariants: readonly Invariant[]
  readonly #steps: readonly StepProperty[]
  /** Of the properties of steps, those that say that one spec refines another. */
  readonly #refinements: ReadonlyMap<StepProperty, LearnedRefinement>
  readonly #quiescents: readonly Quiescent[]
  /** Not found yet, and not violated yet; each leaves its list when it is. */
  #reachables: readonly Reachable[]
  #mustFails: readonly MustFail[]
  /** A view of the state before the step; only where a property looks at steps. */
  readonly #before: { readonly view: PackedView; readonly s: object } | undefined

  /** @param watched shared by all workers; as long as a state */
  constructor(system: System, watched: Int32Array = new Int32Array(system.words)) {
    const all = propertiesOf(system.scenario)
    refuseTwins(all)
    this.watched = watched
    this.#system = system
    this.#invariants = all.filter((p) => p.kind === 'invariant')
    this.#steps = all.filter((p) => p.kind === 'step')
    this.#quiescents = all.filter((p) => p.kind === 'quiescent')
    this.#reachables = all.filter((p) => p.kind === 'reachable')
    this.#mustFails = all.filter((p) => p.kind === 'mustFail')
    this.waiting = [...this.#reachables, ...this.#mustFails]
    this.#numbered = [...this.#invariants, ...this.#steps, ...this.#reachables, ...this.#mustFails]
    this.#refinements = refinementsIn(this.#steps, system, watched)
    this.#isLearned = this.#numbered.map((p) => !namesItsStep(p))
    this.#learned = new LearnedPredicates(system, this.#numbered.map(predicateOf), watched)
    if (this.#steps.length > 0) {
      const view = new PackedView(system.current)
      this.#before = { view, s: view.record(system.configuration.state, 0, 0, '') }
    }
    this.ignoresNames = !this.#steps.some(namesItsStep)
    if (!this.ignoresNames) watched.fill(-1)
  }

  get watchesSteps(): boolean {
    return this.#before !== undefined
  }

  /** How often it was learned what a property looks at. */
  get learned(): number {
    let learned = this.#learned.learned
    for (const refinement of this.#refinements.values()) learned += refinement.learned
    return learned
  }

  /** Names of the `reachable` properties that no state has shown. */
  get notFound(): readonly string[] {
    return this.#reachables.map((p) => p.name)
  }

  /** Names of the `mustFail` properties that every state has kept. */
  get neverViolated(): readonly string[] {
    return this.#mustFails.map((p) => p.name)
  }

  /** For each property that waits, whether a state has shown what it waits for. */
  get settled(): readonly boolean[] {
    const open: readonly Property[] = [...this.#reachables, ...this.#mustFails]
    return this.waiting.map((p) => !open.includes(p))
  }

  /** The first invariant that the state in `system.w` breaks; notes what it shows to be reachable or violated. */
  brokenBy(): Invariant | undefined {
    if (this.#reachables.length > 0) this.#reachables = this.#reachables.filter((p) => !this.#isTrue(p))
    if (this.#mustFails.length > 0) this.#mustFails = this.#mustFails.filter((p) => this.#isTrue(p))
    for (let i = 0; i < this.#invariants.length; i++) {
      const invariant = this.#invariants[i] as Invariant
      if (!this.#isTrueAt(i, invariant, '')) return invariant
    }
    return undefined
  }

  /** The first step property that an initial state breaks; the view must show it. */
  brokenAtStart(): StepProperty | undefined {
    return this.#steps.find((p) => !evaluate(p, () => p.begins?.(this.#system.s) ?? true))
  }

  /** The first property of final states that the final state breaks. The view must show it. */
  brokenAtEnd(): Quiescent | undefined {
    return this.#quiescents.find((p) => !evaluate(p, () => p.holds(this.#system.s)))
  }

  /** The first step property that the step from `system.current` to `system.w` breaks. */
  brokenByStep(by: string): StepProperty | undefined {
    const first = this.#invariants.length
    for (let i = 0; i < this.#steps.length; i++) {
      const step = this.#steps[i] as StepProperty
      if (!this.#isKept(first + i, step, by)) return step
    }
    return undefined
  }

  /** Before the steps from another state in `system.current`. */
  turn(): void {
    for (const refinement of this.#refinements.values()) refinement.turn()
  }

  #isKept(number: number, step: StepProperty, by: string): boolean {
    const refinement = this.#refinements.get(step)
    return refinement === undefined ? this.#isTrueAt(number, step, by) : evaluate(step, () => refinement.isKept())
  }

  #isTrue(property: StateProperty): boolean {
    return this.#isTrueAt(this.#numbered.indexOf(property), property, '')
  }

  #isTrueAt(number: number, property: StateProperty | StepProperty, by: string): boolean {
    try {
      const answer = this.#isLearned[number] === true ? this.#learned.answer(number) : undefined
      return answer ?? this.#evaluate(property, by)
    } catch (error) {
      throw threw(property, error)
    }
  }

  #evaluate(property: StateProperty | StepProperty, by: string): boolean {
    const { s, view } = this.#system
    view.load()
    if (property.kind === 'reachable') return property.found(s)
    if (property.kind !== 'step') return property.holds(s)
    this.#before?.view.load()
    return property.holds(this.#before?.s ?? s, s, by)
  }
}

function refinementsIn(steps: readonly StepProperty[], system: System, watched: Int32Array): ReadonlyMap<StepProperty, LearnedRefinement> {
  return new Map(steps.flatMap((step) => (step.abstract ? [[step, new LearnedRefinement(system, step.abstract, watched)] as const] : [])))
}

/** What a property of steps says may depend on the name of the step unless it takes the two states alone. */
function namesItsStep(property: StateProperty | StepProperty): boolean {
  return property.kind === 'step' && property.holds.length !== 2
}

function predicateOf(property: StateProperty | StepProperty): Predicate {
  if (property.kind === 'reachable') return (_, s) => property.found(s)
  if (property.kind !== 'step') return (_, s) => property.holds(s)
  return (before, after) => property.holds(before, after, '')
}

/** @throws SpecFault where the property itself throws */
export function evaluate(property: Property, evaluation: () => boolean): boolean {
  try {
    return evaluation()
  } catch (error) {
    throw threw(property, error)
  }
}

function threw(property: Property, error: unknown): SpecFault {
  return new SpecFault('threw', `property ${property.name}: ${error instanceof Error ? error.message : String(error)}`)
}

function refuseTwins(properties: readonly Property[]): void {
  const names = properties.map((p) => p.name)
  const twin = names.find((name, i) => names.indexOf(name) < i)
  if (twin !== undefined) throw new SpecFault('schema', `two properties are called '${twin}'; each needs a name of its own`)
}
