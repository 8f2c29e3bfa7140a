/**
 * Refinement as a property of steps: a state is mapped to one of the abstract spec, whose steps from there are found once and remembered.
 * The abstract spec is one of actions, as a mapping cannot say where a process is.
 */
import { SpecFault } from '../fault.js'
import { domainsOfSpec } from '../machine/configuration.js'
import { type Scenario, scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { type DecodedRecord, recordDecoder } from '../schema/decode.js'
import { writeInitial } from '../schema/initial-words.js'
import type { AbstractPlaces, Refinement, StepProperty } from './property.js'

/** The step property that says the same, for one scenario. */
export function asStepProperty({ name, sentence, of, map }: Refinement, { bounds = {} }: Scenario): StepProperty {
  const names = domainsOfSpec(of).map((d) => d.name)
  const same = Object.fromEntries(Object.entries(bounds).filter(([domain]) => names.includes(domain)))
  const expect = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const machine = new AbstractMachine(scenario(of, { name: 'abstract', title: of.title, bounds: same, expect }))
  const abstract: AbstractPlaces = {
    of: (s) => machine.place((abstract) => map(s, abstract)),
    isStep: (before, after) => machine.isStep(before, after),
    show: (s) => machine.show((abstract) => map(s, abstract)),
  }
  return {
    kind: 'step',
    name,
    sentence,
    holds: (before, after) => abstract.isStep(abstract.of(before), abstract.of(after)),
    begins: (s) => machine.isInitial(abstract.of(s)),
    abstract,
  }
}

type Write = (abstract: object) => void

/** The states of an abstract spec that were met, numbered. */
class AbstractMachine {
  readonly #system: System
  readonly #decode: (w: Int32Array, word: number, shift: number) => DecodedRecord
  readonly #numbers = new Map<string, number>()
  readonly #states: Int32Array[] = []
  /** By number: the states that a step leads to. */
  readonly #next = new Map<number, ReadonlySet<number>>()
  #initial: ReadonlySet<number> | undefined

  constructor(abstract: Scenario) {
    this.#system = new System(abstract)
    this.#decode = recordDecoder(this.#system.configuration.state, 'state')
  }

  /** The number of a state. */
  place(write: Write): number {
    this.#write(write)
    return this.#number()
  }

  show(write: Write): DecodedRecord {
    this.#write(write)
    return this.#decode(this.#system.w, 0, 0)
  }

  isInitial(state: number): boolean {
    this.#initial ??= this.#collect((found) => this.#system.initial(found))
    return this.#initial.has(state)
  }

  /** Is it a step, or none at all? */
  isStep(before: number, after: number): boolean {
    if (before === after) return true
    const next = this.#next.get(before) ?? this.#collect((found) => this.#expand(before, found))
    this.#next.set(before, next)
    return next.has(after)
  }

  #write(write: Write): void {
    const { current, configuration } = this.#system
    current.fill(0)
    writeInitial(configuration.state, current, 0, 0)
    this.#system.restore()
    write(this.#system.s)
    this.#system.commit()
  }

  #number(): number {
    const words = this.#system.w
    const key = words.join()
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#states.length)
    return this.#states.push(words.slice()) - 1
  }

  /** The numbers of what is found; whose choices and protections count is left as it was. */
  #collect(find: (found: () => void) => void): ReadonlySet<number> {
    const states = new Set<number>()
    const resume = this.#system.interrupt()
    find(() => void states.add(this.#number()))
    resume()
    return states
  }

  #expand(state: number, found: () => void): void {
    this.#system.current.set(this.#states[state] as Int32Array)
    this.#system.expand({
      successor: found,
      failure: (error, step) => {
        const { name = '' } = this.#system.steps[step] ?? {}
        throw new SpecFault('threw', `the abstract step ${name}: ${error instanceof Error ? error.message : String(error)}`)
      },
    })
  }
}
