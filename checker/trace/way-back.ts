/**
 * The way to what a search has found whose states are in a database: the depths are walked back from it, each state expanded again, and those on a
 * shortest way to it, of all depths, are kept. A search among these alone gives them the order that a search in memory gives them.
 */
import { type Finding, mostUrgent } from '../explore/findings.js'
import { type Searching, until } from '../explore/place.js'
import { Successors } from '../learn/successors.js'
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import type { StateReader } from '../store/level-database.js'
import type { StateTree } from '../store/state-tree.js'
import { movedTo, type RecordedPath } from './recorded-path.js'
import { SearchWithin } from './within.js'

export class WayBack {
  readonly #system: System
  readonly #within: SearchWithin
  readonly #successors: Successors
  /** States on the way. */
  readonly #near: StateTree
  #isOnWay = false

  /** @param representatives what the search kept instead of states */
  constructor(system: System, representatives?: Representatives) {
    this.#system = system
    this.#within = new SearchWithin(system, representatives)
    this.#near = this.#within.newStore()
    const look = (): void => {
      if (this.#near.find() >= 0) this.#isOnWay = true
    }
    const taker = { take: () => this.#within.represented(look), failure() {} }
    this.#successors = new Successors(system, taker, new Int32Array(system.words))
  }

  /**
   * @param found with its words, in states of the last depth or of the one after it, or in steps out of the last
   * @param depths the states of each, from the last to the first
   */
  *run(found: readonly Finding[], depths: Iterable<StateReader>): Searching<RecordedPath> {
    const urgent = mostUrgent(found)
    for (const { words } of urgent) this.#keep(words)
    for (const states of depths) for (const words of yield* this.#onWay(states)) this.#keep(words)
    this.#system.activate()
    const { store, levels } = this.#within.run(() => this.#near.find() >= 0)
    const findings = urgent.map((f) => movedTo(this.#idOf(store, f), f))
    return { store, levels, findings }
  }

  *#onWay(reader: StateReader): Searching<readonly Int32Array[]> {
    const { w, current } = this.#system
    const kept: Int32Array[] = []
    for (let states = yield* until(reader.next()); states !== undefined; states = yield* until(reader.next())) {
      this.#system.activate()
      for (let i = 0; i < states.count; i++) {
        states.read(i, w, current)
        this.#isOnWay = this.#near.find() >= 0
        if (!this.#isOnWay) this.#successors.expand()
        if (this.#isOnWay) kept.push(current.slice())
      }
    }
    return kept
  }

  #keep(words: Int32Array | undefined): void {
    if (words === undefined) throw new Error('something was found, and not where')
    this.#system.w.set(words)
    if (this.#near.isFull) this.#near.grow()
    this.#near.insert()
  }

  #idOf(store: StateTree, { words }: Finding): number {
    this.#system.w.set(words ?? [])
    const id = store.find()
    if (id < 0) throw new Error('the way to what was found could not be found again')
    return id
  }
}
