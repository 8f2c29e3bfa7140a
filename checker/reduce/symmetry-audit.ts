/**
 * Checks the declaration of a symmetry on single states: with two elements swapped throughout a state, the same steps must be enabled, lead
 * to the same orbits and fail alike, and every property must give the same answers. States of one orbit are then
 * indistinguishable for good (orbits are a bisimulation), which is what the reduction rests on.
 */
import { SpecFault } from '../fault.js'
import { AssertionFailure } from '../machine/assertion.js'
import type { System } from '../machine/system.js'
import { propertiesOf } from '../property/properties-of.js'
import type { Property } from '../property/property.js'
import { PackedView } from '../schema/packed-view.js'
import type { Family } from './family.js'
import { mix } from './relation.js'
import type { Symmetry } from './symmetry.js'

/** How many swaps are compared for one state, and how many looked at to find those that change it. */
const MOST_COMPARED = 3
const MOST_TRIED = 64

/** Two elements of a family, by their numbers in it. */
interface Swap {
  readonly family: Family
  readonly a: number
  readonly b: number
}

/** What can be said of a state, its orbit apart: for each observation, what made it. In the order of how much it explains. */
type Outlook = readonly [properties: Map<string, string>, steps: Map<string, string>, stepProperties: Map<string, string>]

export class SymmetryAudit {
  readonly #system: System
  readonly #symmetry: Symmetry
  readonly #properties: readonly Property[]
  /** A view of `system.current`, for properties of steps. */
  readonly #before: { readonly view: PackedView; readonly s: object }
  /** How many swaps there are. */
  readonly #swaps: number
  readonly #image: Int32Array
  readonly #state: Int32Array
  readonly #swapped: Int32Array
  readonly #successor: Int32Array

  constructor(system: System, symmetry: Symmetry) {
    this.#system = system
    this.#symmetry = symmetry
    this.#properties = propertiesOf(system.scenario)
    this.#swaps = symmetry.families.reduce((sum, { ids }) => sum + (ids.length * (ids.length - 1)) / 2, 0)
    const view = new PackedView(system.current)
    this.#before = { view, s: view.record(system.configuration.state, 0, 0, '') }
    this.#image = Int32Array.from({ length: symmetry.points }, (_, i) => i)
    this.#state = new Int32Array(system.words)
    this.#swapped = new Int32Array(system.words)
    this.#successor = new Int32Array(system.words)
  }

  /**
   * Compares the state in `system.current` with its images under a few swaps, always the same for one state. Leaves it where it was.
   *
   * @throws SpecFault `asymmetric`, where they differ
   */
  check(): void {
    const { current } = this.#system
    this.#state.set(current)
    let before: Outlook | undefined
    let compared = 0
    const start = this.#state.reduce(mix, 0) >>> 0
    for (let i = 0; i < Math.min(this.#swaps, MOST_TRIED) && compared < MOST_COMPARED; i++) {
      const swap = this.#swapAt((start + i) % this.#swaps)
      if (!this.#apply(swap)) continue
      before ??= this.#look(this.#state)
      const subject = difference(before, this.#look(this.#swapped))
      current.set(this.#state)
      if (subject !== undefined) throw this.#fault(subject, swap)
      compared++
    }
  }

  /** Swaps are numbered through: of each family, all pairs of its elements. */
  #swapAt(number: number): Swap {
    let left = number
    for (const family of this.#symmetry.families) {
      for (let b = 1; b < family.ids.length; b++) {
        if (left < b) return { family, a: left, b }
        left -= b
      }
    }
    throw new Error(`there is no swap ${number}`)
  }

  /** Fills `#swapped`; false where that is the same state. */
  #apply({ family: { first }, a, b }: Swap): boolean {
    const image = this.#image
    image[first + a] = first + b
    image[first + b] = first + a
    this.#symmetry.permute(image, this.#state, this.#swapped)
    image[first + a] = first + a
    image[first + b] = first + b
    return this.#swapped.some((word, i) => word !== this.#state[i])
  }

  #look(state: Int32Array): Outlook {
    const system = this.#system
    system.current.set(state)
    const outlook: Outlook = [new Map(), new Map(), new Map()]
    const [properties, steps, stepProperties] = outlook
    system.activate()
    system.restore()
    properties.set(`final: ${answer(() => system.isFinal)}`, "'final'")
    for (const p of this.#properties) properties.set(`${p.name}: ${answer(() => ofState(p, system.s))}`, `property ${p.name}`)
    this.#before.view.load()
    system.expand({
      successor: (step) => {
        const { name, step: by } = system.steps[step] ?? { name: '', step: '' }
        this.#symmetry.canonical(system.w, this.#successor)
        const edge = `${name} -> ${this.#successor}`
        steps.set(edge, `step ${name}`)
        for (const p of this.#properties) {
          if (p.kind !== 'step') continue
          const holds = answer(() => p.holds(this.#before.s, system.s, by))
          stepProperties.set(`${p.name}, ${edge}: ${holds}`, `property ${p.name}`)
        }
      },
      failure: (error, step) => {
        const name = system.steps[step]?.name ?? ''
        const what = error instanceof AssertionFailure ? (error.property?.name ?? error.message) : 'a spec error'
        steps.set(`${name} fails: ${what}`, `step ${name}`)
      },
    })
    return outlook
  }

  #fault(subject: string, { family, a, b }: Swap): SpecFault {
    const names = [a, b].map((i) => this.#nameOf(family, family.ids[i] ?? 0))
    const whose = family.of === 'domain' ? `the elements of the domain '${family.name}'` : `the processes '${family.name}'`
    return new SpecFault(
      'asymmetric',
      `${subject} tells ${whose} apart, which are declared symmetric: it is not the same with ${names.join(' and ')} swapped throughout ` +
        'the state; compare them with === alone, without order, arithmetic or names, or declare them without { symmetric: true }',
    )
  }

  #nameOf({ of, name }: Family, id: number): string {
    return of === 'domain' ? `${name} ${id}` : (this.#system.configuration.processes[id - 1]?.name ?? '')
  }
}

/** What a property of states says of one. */
function ofState(property: Property, s: object): boolean | undefined {
  switch (property.kind) {
    case 'reachable':
      return property.found(s)
    case 'invariant':
    case 'mustFail':
    case 'quiescent':
      return property.holds(s)
    default:
      return undefined
  }
}

function answer(evaluate: () => boolean | undefined): string {
  try {
    return String(evaluate())
  } catch {
    return 'an error'
  }
}

/** What made the first observation that is made of one state and not of the other. */
function difference(a: Outlook, b: Outlook): string | undefined {
  for (const [i, before] of a.entries()) {
    const after = b[i] ?? new Map()
    const missing = [...before.keys()].find((what) => !after.has(what)) ?? [...after.keys()].find((what) => !before.has(what))
    if (missing !== undefined) return before.get(missing) ?? after.get(missing)
  }
  return undefined
}
