/**
 * Refinement as a property of steps: a state is mapped to one of the abstract spec, whose steps from there are found once and remembered. What
 * the abstract spec says of fairness is in liveness/refined-fairness.ts.
 * The abstract spec is one of actions, as a mapping cannot say where a process is.
 */
import { SpecFault } from '../fault.js'
import { domainsOfSpec } from '../machine/configuration.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { type DecodedRecord, recordDecoder } from '../schema/decode.js'
import { writeInitial } from '../schema/initial-words.js'
import type { AbstractPlaces, Refinement, StepProperty } from './property.js'

/** The step property that says the same, for one scenario; but for fairness. */
export function asStepProperty(refinement: Refinement, scenario: Scenario): StepProperty {
  const { name, sentence } = refinement
  const abstract = new AbstractMachine(refinement, scenario)
  return {
    kind: 'step',
    name,
    sentence,
    holds: (before, after) => abstract.isStep(abstract.of(before), abstract.of(after)),
    begins: (s) => abstract.isInitial(abstract.of(s)),
    abstract,
  }
}

/** A step of the abstract spec, as `Sink.successor` is told of it. */
export interface AbstractStep {
  readonly step: number
  readonly actor: number
}

/** The states of an abstract spec that were met, numbered. */
export class AbstractMachine implements AbstractPlaces {
  readonly system: System
  readonly #map: Refinement['map']
  readonly #decode: (w: Int32Array, word: number, shift: number) => DecodedRecord
  readonly #numbers = new Map<string, number>()
  readonly #states: Int32Array[] = []
  /** By number: the states that steps lead to, and which steps. */
  readonly #next = new Map<number, ReadonlyMap<number, readonly AbstractStep[]>>()
  #initial: ReadonlySet<number> | undefined

  constructor({ of, map }: Refinement, { bounds = {} }: Scenario) {
    const names = domainsOfSpec(of).map((d) => d.name)
    const same = Object.fromEntries(Object.entries(bounds).filter(([domain]) => names.includes(domain)))
    const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
    this.system = new System(scenario(of, { name: 'abstract', title: of.title, bounds: same, expect }))
    this.#map = map
    this.#decode = recordDecoder(this.system.configuration.state, 'state')
  }

  /** The number of what a state of the other spec is here. */
  of(s: object): number {
    this.#write(s)
    return this.#number()
  }

  show(s: object): DecodedRecord {
    this.#write(s)
    return this.#decode(this.system.w, 0, 0)
  }

  /** Is it true of what a state of the other spec is here? */
  isTrue(s: object, holds: (abstract: object) => boolean): boolean {
    this.#write(s)
    return holds(this.system.s)
  }

  isInitial(state: number): boolean {
    if (this.#initial === undefined) {
      const initial = new Set<number>()
      this.#uninterrupted(() => this.system.initial(() => initial.add(this.#number())))
      this.#initial = initial
    }
    return this.#initial.has(state)
  }

  /** Is it a step, or none at all? */
  isStep(before: number, after: number): boolean {
    return before === after || this.next(before).has(after)
  }

  /** The states that steps from one lead to, and by which. */
  next(state: number): ReadonlyMap<number, readonly AbstractStep[]> {
    const next = this.#next.get(state) ?? this.#expand(state)
    this.#next.set(state, next)
    return next
  }

  #write(s: object): void {
    const { current, configuration } = this.system
    current.fill(0)
    writeInitial(configuration.state, current, 0, 0)
    this.system.restore()
    this.#map(s, this.system.s)
    this.system.commit()
  }

  #number(): number {
    const words = this.system.w
    const key = words.join()
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    return this.#states.push(words.slice()) - 1
  }

  /** Whose choices and protections count is left as it was. */
  #uninterrupted(act: () => void): void {
    const resume = this.system.interrupt()
    act()
    resume()
  }

  #expand(state: number): ReadonlyMap<number, readonly AbstractStep[]> {
    const next = new Map<number, AbstractStep[]>()
    const successor = (step: number, actor: number): void => {
      const after = this.#number()
      next.set(after, [...(next.get(after) ?? []), { step, actor }])
    }
    const failure = (error: unknown, step: number): never => {
      const { name = '' } = this.system.steps[step] ?? {}
      throw new SpecFault('threw', `the abstract step ${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
    this.system.current.set(this.#states[state] as Int32Array)
    this.#uninterrupted(() => this.system.expand({ successor, failure }))
    return next
  }
}
