/** Refinement, checked step by step of a search: what a state is in the abstract is learned, and found once for all steps from it. */
import { LearnedNumber } from '../learn/learned-number.js'
import type { System } from '../machine/system.js'
import type { AbstractPlaces } from './property.js'

const UNKNOWN = -1

export class LearnedRefinement {
  readonly #system: System
  readonly #abstract: AbstractPlaces
  readonly #place: LearnedNumber
  /** Of the state in `system.current`. */
  #before = UNKNOWN

  /** @param watched receives the bits of a state that the mapping reads; shared by all workers */
  constructor(system: System, abstract: AbstractPlaces, watched: Int32Array) {
    this.#system = system
    this.#abstract = abstract
    this.#place = new LearnedNumber(system, (s) => abstract.of(s), watched)
  }

  get learned(): number {
    return this.#place.learned
  }

  /** Another state is in `system.current`. */
  turn(): void {
    this.#before = UNKNOWN
  }

  /** Is the step from `system.current` to `system.w` one of the abstract spec, or none of it? */
  isKept(): boolean {
    if (this.#before === UNKNOWN) this.#before = this.#place.at(this.#system.current)
    return this.#abstract.isStep(this.#before, this.#place.at(this.#system.w))
  }
}
