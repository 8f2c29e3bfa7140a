/** A search again, among some of its states alone: in an exact store of its own, from which trace/shortest.ts tells a trace. */
import { Levels } from '../explore/levels.js'
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import { StateTree, treeMemory } from '../store/state-tree.js'

/** States that it may hold; what is never touched costs no memory. */
const MOST = 1 << 26

export interface Within {
  readonly store: StateTree
  readonly levels: Levels
}

export class SearchWithin {
  readonly #system: System
  readonly #representatives: Representatives | undefined

  /** @param representatives what the search keeps instead of states */
  constructor(system: System, representatives?: Representatives) {
    this.#system = system
    this.#representatives = representatives
  }

  /** Adds the states that can be reached through states that are wanted; `isWanted` is asked of the state in `system.w`. */
  run(isWanted: () => boolean): Within {
    const store = this.newStore()
    const levels = new Levels()
    const add = (): void => {
      if (!isWanted()) return
      if (store.isFull) store.grow()
      store.insert()
    }
    this.initial(add)
    for (let ranges = store.takeRanges(); ranges.length > 0; ranges = store.takeRanges()) {
      levels.add(ranges)
      for (const id of levels.idsAt(levels.depth - 1)) this.expand(store, id, add)
    }
    return { store, levels }
  }

  initial(visit: () => void): void {
    this.#system.initial(() => this.represented(visit))
  }

  expand(store: StateTree, id: number, visit: () => void): void {
    store.open(id)
    this.#system.expand({ successor: () => this.represented(visit), failure() {} })
  }

  /** Shows in `system.w` what the search keeps instead of the state that is there. */
  represented(visit: () => void): void {
    this.#representatives?.enter()
    visit()
    this.#representatives?.leave()
  }

  newStore(): StateTree {
    const { w, current, words } = this.#system
    return new StateTree(w, current, treeMemory(words, MOST, MOST))
  }
}
