/** Evaluates the properties of a scenario on the state that the system's view shows. */
import { SpecFault } from '../fault.js'
import type { System } from '../machine/system.js'
import { PackedView } from '../schema/packed-view.js'
import type { Invariant, MustFail, Property, Quiescent, Reachable, StepProperty } from './property.js'

export class PropertyCheck {
  readonly #s: object
  readonly #invariants: readonly Invariant[]
  readonly #steps: readonly StepProperty[]
  readonly #quiescents: readonly Quiescent[]
  /** Not found yet, and not violated yet; each leaves its list when it is. */
  #reachables: readonly Reachable[]
  #mustFails: readonly MustFail[]
  /** A view of the state before the step; only where a property looks at steps. */
  readonly #before: { readonly view: PackedView; readonly s: object } | undefined

  constructor(system: System) {
    const { spec, properties = [], skip = [] } = system.scenario
    const all = [...spec.properties, ...properties].filter((p) => !skip.includes(p.name))
    refuseTwins(all)
    this.#s = system.s
    this.#invariants = all.filter((p) => p.kind === 'invariant')
    this.#steps = all.filter((p) => p.kind === 'step')
    this.#quiescents = all.filter((p) => p.kind === 'quiescent')
    this.#reachables = all.filter((p) => p.kind === 'reachable')
    this.#mustFails = all.filter((p) => p.kind === 'mustFail')
    if (this.#steps.length > 0) {
      const view = new PackedView(system.current)
      this.#before = { view, s: view.record(system.configuration.state, 0, 0, '') }
    }
  }

  get watchesSteps(): boolean {
    return this.#before !== undefined
  }

  /** Names of the `reachable` properties that no state has shown. */
  get notFound(): readonly string[] {
    return this.#reachables.map((p) => p.name)
  }

  /** Names of the `mustFail` properties that every state has kept. */
  get neverViolated(): readonly string[] {
    return this.#mustFails.map((p) => p.name)
  }

  /** Before a state is expanded: `system.current` holds it. */
  enter(): void {
    this.#before?.view.load()
  }

  /** The first invariant that the state breaks; notes what it shows to be reachable or violated. */
  brokenBy(): Invariant | undefined {
    const s = this.#s
    if (this.#reachables.length > 0) this.#reachables = this.#reachables.filter((p) => !evaluate(p, () => p.found(s)))
    if (this.#mustFails.length > 0) this.#mustFails = this.#mustFails.filter((p) => evaluate(p, () => p.holds(s)))
    let i = 0
    try {
      for (; i < this.#invariants.length; i++) if (!(this.#invariants[i] as Invariant).holds(s)) return this.#invariants[i]
    } catch (error) {
      throw threw(this.#invariants[i] as Invariant, error)
    }
    return undefined
  }

  /** The first property of final states that the final state breaks. */
  brokenAtEnd(): Quiescent | undefined {
    return this.#quiescents.find((p) => !evaluate(p, () => p.holds(this.#s)))
  }

  /** The first step property that the step breaks. */
  brokenByStep(by: string): StepProperty | undefined {
    const before = this.#before?.s ?? this.#s
    let i = 0
    try {
      for (; i < this.#steps.length; i++) if (!(this.#steps[i] as StepProperty).holds(before, this.#s, by)) return this.#steps[i]
    } catch (error) {
      throw threw(this.#steps[i] as StepProperty, error)
    }
    return undefined
  }
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
