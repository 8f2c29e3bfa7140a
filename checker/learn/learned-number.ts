/** A number that a state alone decides, learned as predicates are (learned-predicates.ts). */
import type { System } from '../machine/system.js'
import { PackedView } from '../schema/packed-view.js'
import { DecisionTrees } from './decision-trees.js'
import { LeafReader } from './leaf-reader.js'
import { Recording } from './recording.js'

/** Words that the tree may take; a number that is too various for that is computed every time. */
const MOST_NODES = 1 << 22

export class LearnedNumber {
  /** How often something was learned. */
  learned = 0
  readonly #numberOf: (s: object) => number
  readonly #watched: Int32Array
  readonly #tree = new DecisionTrees(1)
  readonly #reader = new LeafReader(this.#tree, 0)
  readonly #words: Int32Array
  readonly #recording: Recording
  readonly #s: object

  /**
   * @param numberOf of the state that it is shown; 0 or above
   * @param watched receives the bits of a state that were read; shared by all workers
   */
  constructor(system: System, numberOf: (s: object) => number, watched: Int32Array) {
    this.#numberOf = numberOf
    this.#watched = watched
    this.#words = new Int32Array(system.words)
    this.#recording = new Recording(this.#words)
    this.#s = new PackedView(this.#words, this.#recording).record(system.configuration.state, 0, 0, '')
  }

  /** @throws what computing it throws */
  at(state: Int32Array): number {
    const leaf = this.#reader.leafOf(state)
    return leaf >= 0 ? leaf : this.#learn(state)
  }

  #learn(state: Int32Array): number {
    this.#words.set(state)
    this.#recording.begin()
    try {
      const number = this.#numberOf(this.#s)
      if (this.#tree.size > MOST_NODES) return number
      this.learned++
      this.#tree.add(0, this.#recording.reads, number)
      return number
    } finally {
      this.#watch()
    }
  }

  #watch(): void {
    for (const { word, shift, mask } of this.#recording.reads) Atomics.or(this.#watched, word, mask << shift)
  }
}
