/**
 * Predicates over a state and the one before it, learned as the steps are (checker/adr/0010): what a predicate reads on the way to its
 * answer is kept in a decision tree, and afterwards the answer is read off. All bits of a state that any predicate has read are watched:
 * where a step has changed none of them, every predicate answers as it did before.
 */
import type { System } from '../machine/system.js'
import type { AccessLog } from '../schema/access-log.js'
import { PackedView } from '../schema/packed-view.js'
import { DecisionTrees } from './decision-trees.js'
import { LeafReader } from './leaf-reader.js'
import { Recording } from './recording.js'

export type Predicate = (before: object, after: object) => boolean

/** Words that the trees may take; a predicate that is too various for that is evaluated every time. */
const MOST_NODES = 1 << 22

export class LearnedPredicates {
  /** How often something was learned. */
  learned = 0
  readonly #system: System
  readonly #predicates: readonly Predicate[]
  readonly #watched: Int32Array
  readonly #trees: DecisionTrees
  readonly #readers: readonly LeafReader[]
  readonly #recorded: { readonly words: Int32Array; readonly before: object; readonly after: object }
  readonly #recording: Recording

  /**
   * @param predicates in which a state and the one before it may be asked about
   * @param watched receives the bits of a state that were read; shared by all workers
   */
  constructor(system: System, predicates: readonly Predicate[], watched: Int32Array) {
    this.#system = system
    this.#predicates = predicates
    this.#watched = watched
    this.#trees = new DecisionTrees(predicates.length)
    this.#readers = predicates.map((_, predicate) => new LeafReader(this.#trees, predicate))
    const words = new Int32Array(2 * system.words)
    this.#recording = new Recording(words)
    const viewAt = (first: number): object => {
      const view = new PackedView(words.subarray(first, first + system.words), shifted(this.#recording, first))
      return view.record(system.configuration.state, 0, 0, '')
    }
    this.#recorded = { words, before: viewAt(0), after: viewAt(system.words) }
  }

  /**
   * The answer for the states in `system.current` and `system.w`; undefined for a predicate that has to be evaluated.
   *
   * @throws what the predicate throws
   */
  answer(predicate: number): boolean | undefined {
    const leaf = (this.#readers[predicate] as LeafReader).leafOf(this.#system.both)
    if (leaf >= 0) return leaf === 1
    return this.#trees.size > MOST_NODES ? this.#giveUp() : this.#learn(predicate)
  }

  #learn(predicate: number): boolean {
    this.#recorded.words.set(this.#system.both)
    this.#recording.begin()
    const answer = this.#evaluate(predicate)
    this.#watch()
    this.learned++
    this.#trees.add(predicate, this.#recording.reads, answer ? 1 : 0)
    return answer
  }

  #evaluate(predicate: number): boolean {
    try {
      return this.#predicates[predicate]?.(this.#recorded.before, this.#recorded.after) === true
    } catch (error) {
      this.#watch()
      throw error
    }
  }

  #watch(): void {
    const { words } = this.#system
    for (const { word, shift, mask } of this.#recording.reads) {
      if (word >= words) Atomics.or(this.#watched, word - words, mask << shift)
    }
  }

  #giveUp(): undefined {
    for (let word = 0; word < this.#watched.length; word++) Atomics.store(this.#watched, word, -1)
    return undefined
  }
}

/** A log that takes word 0 of a view for word `first` of a larger state. */
function shifted(log: AccessLog, first: number): AccessLog {
  return {
    read: (word, shift, mask) => log.read(first + word, shift, mask),
    write: (word, shift, mask) => log.write(first + word, shift, mask),
  }
}
