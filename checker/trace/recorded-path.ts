/**
 * The way to what a search with a lossy store has found, in an exact store of its own, from which trace/shortest.ts tells it. The
 * lossy store knows of each state which other found it, and a tag. So the search is run again along these tags: at each depth, states with
 * the tag of the one on the way, which are few, are expanded. Of those that this meets, a last search keeps the shortest ways.
 */
import type { Finding } from '../explore/findings.js'
import type { Levels } from '../explore/levels.js'
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import type { Discoveries } from '../store/discoveries.js'
import type { LossyStore } from '../store/lossy-store.js'
import type { StateTree } from '../store/state-tree.js'
import { SearchWithin } from './within.js'

/** States on the way to what was found, and that, in their ids. */
export interface RecordedPath {
  readonly store: StateTree
  readonly levels: Levels
  readonly findings: readonly Finding[]
}

/** What a search has recorded: how each state was found, by its number, and the tag that the state in `system.w` has. */
export type Recorder = Pick<LossyStore, 'discoveries' | 'tag' | 'read'>

export class PathFinder {
  readonly #within: SearchWithin
  readonly #lossy: Recorder

  /** @param representatives what the search kept instead of states */
  constructor(system: System, lossy: Recorder, representatives?: Representatives) {
    this.#within = new SearchWithin(system, representatives)
    this.#lossy = lossy
  }

  /** The way to the first of what was found, and to all that was found in the same state, or in steps out of it. */
  run(found: readonly Finding[]): RecordedPath {
    const target = placeOf(found[0])
    const near = this.#statesNear(tagsTo(target, this.#lossy.discoveries))
    const { store, levels } = this.#within.run(() => near.find() >= 0)
    this.#lossy.read(target)
    const id = store.find()
    if (id < 0) throw new Error(`the way to state ${target} could not be found again`)
    return { store, levels, findings: found.filter((f) => placeOf(f) === target).map((f) => movedTo(id, f)) }
  }

  /** States that have the tag of a depth, and are found from such states of the depth before. */
  #statesNear(tags: readonly number[]): StateTree {
    const within = this.#within
    const store = within.newStore()
    let wanted = new Set<number>()
    const add = (tag: number | undefined): void => {
      if (this.#lossy.tag !== tag) return
      const id = store.insert()
      wanted.add(id < 0 ? ~id : id)
    }
    within.initial(() => add(tags[0]))
    for (const tag of tags.slice(1)) {
      const parents = wanted
      wanted = new Set()
      for (const id of parents) within.expand(store, id, () => add(tag))
    }
    return store
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

/** The same in a state of another id. */
export function movedTo(id: number, finding: Finding): Finding {
  return 'id' in finding ? { ...finding, id } : { ...finding, edge: { ...finding.edge, parent: id } }
}
