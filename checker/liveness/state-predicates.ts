/** Predicates of a state, one for each of a few bits, learned as those of properties are. */
import { LearnedPredicates } from '../learn/learned-predicates.js'
import type { System } from '../machine/system.js'

type Predicate = ((s: object) => boolean) | undefined

export class StatePredicates {
  readonly #system: System
  readonly #predicates: readonly Predicate[]
  readonly #learned: LearnedPredicates | undefined

  /** @param predicates by bit; undefined where there is none */
  constructor(system: System, predicates: readonly Predicate[]) {
    this.#system = system
    this.#predicates = predicates
    const asked = predicates.map((p) => (_: object, s: object) => p?.(s) === true)
    if (predicates.some((p) => p !== undefined)) this.#learned = new LearnedPredicates(system, asked, new Int32Array(system.words))
  }

  /** The bits whose predicate gives this answer in the state that is open. */
  where(answer: boolean): number {
    let bits = 0
    if (this.#learned === undefined) return bits
    for (let bit = 0; bit < this.#predicates.length; bit++) {
      const predicate = this.#predicates[bit]
      if (predicate !== undefined && this.#answer(bit, this.#learned, predicate) === answer) bits |= 1 << bit
    }
    return bits
  }

  #answer(bit: number, learned: LearnedPredicates, predicate: NonNullable<Predicate>): boolean {
    const known = learned.answer(bit)
    if (known !== undefined) return known
    this.#system.view.load()
    return predicate(this.#system.s)
  }
}
