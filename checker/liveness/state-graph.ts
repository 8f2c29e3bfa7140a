/**
 * The graph of a search that is complete, by the ids of its states, 0 up to their number. Its edges are not stored: they are found again, by
 * what was learned of the steps, each time that a state is visited. Steps that lead back to their state are left out, as every behaviour
 * may stutter anyway.
 */
import { Successors } from '../learn/successors.js'
import type { Taker } from '../learn/taker.js'
import type { System } from '../machine/system.js'
import type { Store } from '../store/store.js'
import { type Constraint, rankedOf } from './constraints.js'
import { StatePredicates } from './state-predicates.js'

/**
 * @param fair the constraints, as bits, of which the step is an A
 * @param kind says which step it is: `StateGraph.stepOf`
 */
export type VisitEdge = (child: number, fair: number, kind: number) => void

export class StateGraph {
  /** How many states there are. */
  readonly size: number
  /** All constraints, as bits. */
  readonly all: number
  readonly #store: Store
  readonly #constraints: readonly Constraint[]
  readonly #successors: Successors
  readonly #recurrences: StatePredicates
  readonly #atomic: StatePredicates
  readonly #isHidden: ((parent: number, child: number) => boolean) | undefined
  readonly #ranked: number
  /** By kind of successor: the constraints of which it is an A, and those that it goes before. */
  readonly #fair: number[] = []
  readonly #before: number[] = []
  #visit: VisitEdge = () => {}
  #parent = 0
  #enabled = 0
  #putOff = 0

  /** @param isHidden steps that are not visited, though what they are an A of is enabled */
  constructor(system: System, store: Store, constraints: readonly Constraint[], isHidden?: (parent: number, child: number) => boolean) {
    this.#isHidden = isHidden
    this.#store = store
    this.#constraints = constraints
    this.size = store.added
    this.all = 2 ** constraints.length - 1
    this.#ranked = rankedOf(constraints)
    const taker: Taker = { take: (kind, touched) => this.#take(kind, touched), failure() {} }
    this.#successors = new Successors(system, taker, new Int32Array(system.words))
    this.#recurrences = new StatePredicates(
      system,
      constraints.map((c) => c.holds),
    )
    this.#atomic = new StatePredicates(
      system,
      constraints.map((c) => c.isAtomic),
    )
  }

  /** Shows a state in `system.current` and `system.w`. */
  open(id: number): void {
    this.#store.open(id)
  }

  /**
   * Calls `visit` for each step out of a state.
   *
   * @returns the constraints, as bits, of which an A is enabled there, and is not put off for others on the CPU
   */
  expand(id: number, visit: VisitEdge): number {
    this.#visit = visit
    this.#parent = id
    this.#store.open(id)
    this.#enabled = this.#recurrences.where(false)
    const atomic = this.#atomic.where(true)
    this.#putOff = 0
    this.#successors.expand()
    this.#putOff &= ~atomic
    return this.#enabled & ~this.#putOff
  }

  /** The constraints, as bits, that the state keeps which was expanded last: it is left to a process that cannot go on in it. */
  get kept(): number {
    return this.#ranked & ~this.#putOff & ~this.#enabled
  }

  /** Indices of the step and its actor. */
  stepOf(kind: number): { readonly step: number; readonly actor: number } {
    const { steps, actors } = this.#successors.leaves
    return { step: steps[kind] as number, actor: actors[kind] as number }
  }

  #take(kind: number, touched: number): void {
    const fair = this.#fair[kind] ?? this.#learnKind(kind)
    this.#putOff |= this.#before[kind] as number
    if (touched === 0) return
    this.#enabled |= fair
    const child = this.#store.find()
    if (this.#isHidden?.(this.#parent, child) !== true) this.#visit(child, fair, kind)
  }

  #learnKind(kind: number): number {
    const { step, actor } = this.stepOf(kind)
    const slept = this.#successors.leaves.slept[kind]
    let [fair, before] = [0, 0]
    this.#constraints.forEach((c, bit) => {
      if (c.includes(step, actor)) fair |= 1 << bit
      if (!slept && c.goesBefore?.(step, actor)) before |= 1 << bit
    })
    this.#fair[kind] = fair
    this.#before[kind] = before
    return fair
  }
}
