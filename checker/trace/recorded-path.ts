/**
 * The way to what a search with a lossy store has found, in an exact store of its own, from which trace/shortest.ts tells it. The
 * lossy store knows of each state which other found it, and a tag. So the search is run again along these tags: at each depth, states with
 * the tag of the one on the way, which are few, are expanded. Of those that this meets, a last search keeps the shortest ways.
 */
import type { Finding } from '../explore/findings.js'
import { Levels } from '../explore/levels.js'
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import type { Discoveries } from '../store/discoveries.js'
import type { LossyStore } from '../store/lossy-store.js'
import { StateTree, treeMemory } from '../store/state-tree.js'

/** States that it may hold; what is never touched costs no memory. */
const MOST = 1 << 26

/** States on the way to what was found, and that, in their ids. */
export interface RecordedPath {
  readonly store: StateTree
  readonly levels: Levels
  readonly findings: readonly Finding[]
}

/** What a search has recorded: how each state was found, by its number, and the tag that the state in `system.w` has. */
export type Recorder = Pick<LossyStore, 'discoveries' | 'tag' | 'read'>

export class PathFinder {
  readonly #system: System
  readonly #lossy: Recorder
  readonly #representatives: Representatives | undefined

  /** @param representatives what the search kept instead of states */
  constructor(system: System, lossy: Recorder, representatives?: Representatives) {
    this.#system = system
    this.#lossy = lossy
    this.#representatives = representatives
  }

  /** The way to the first of what was found, and to all that was found in the same state, or in steps out of it. */
  run(found: readonly Finding[]): RecordedPath {
    const target = placeOf(found[0])
    const near = this.#statesNear(tagsTo(target, this.#lossy.discoveries))
    const store = this.#newStore()
    const levels = this.#search(store, () => near.find() >= 0)
    this.#lossy.read(target)
    const id = store.find()
    if (id < 0) throw new Error(`the way to state ${target} could not be found again`)
    return { store, levels, findings: found.filter((f) => placeOf(f) === target).map((f) => movedTo(id, f)) }
  }

  /** States that have the tag of a depth, and are found from such states of the depth before. */
  #statesNear(tags: readonly number[]): StateTree {
    const store = this.#newStore()
    let wanted = new Set<number>()
    const add = (tag: number | undefined): void => {
      if (this.#lossy.tag !== tag) return
      const id = store.insert()
      wanted.add(id < 0 ? ~id : id)
    }
    this.#initial(() => add(tags[0]))
    for (const tag of tags.slice(1)) {
      const parents = wanted
      wanted = new Set()
      for (const id of parents) this.#expand(store, id, () => add(tag))
    }
    return store
  }

  /** Adds the states that can be reached and that are wanted; answers their depths. */
  #search(store: StateTree, isWanted: () => boolean): Levels {
    const levels = new Levels()
    const add = (): void => {
      if (!isWanted()) return
      if (store.isFull) store.grow()
      store.insert()
    }
    this.#initial(add)
    for (let ranges = store.takeRanges(); ranges.length > 0; ranges = store.takeRanges()) {
      levels.add(ranges)
      for (const id of levels.idsAt(levels.depth - 1)) this.#expand(store, id, add)
    }
    return levels
  }

  #initial(visit: () => void): void {
    this.#system.initial(() => this.#represented(visit))
  }

  #expand(store: StateTree, id: number, visit: () => void): void {
    store.open(id)
    this.#system.expand({ successor: () => this.#represented(visit), failure() {} })
  }

  #represented(visit: () => void): void {
    this.#representatives?.enter()
    visit()
    this.#representatives?.leave()
  }

  #newStore(): StateTree {
    const { w, current, words } = this.#system
    return new StateTree(w, current, treeMemory(words, MOST, MOST))
  }
}

/** From an initial state to the one of this number. */
function tagsTo(state: number, discoveries: Discoveries): number[] {
  const tags: number[] = []
  for (let at = state; at >= 0; ) {
    const { parent, tag } = discoveries.of(at)
    tags.push(tag)
    at = parent
  }
  return tags.reverse()
}

/** The state that something was found in, or in a step out of it. */
function placeOf(finding: Finding | undefined): number {
  if (finding === undefined) throw new Error('nothing was found')
  return 'id' in finding ? finding.id : finding.edge.parent
}

function movedTo(id: number, finding: Finding): Finding {
  return 'id' in finding ? { ...finding, id } : { ...finding, edge: { ...finding.edge, parent: id } }
}
