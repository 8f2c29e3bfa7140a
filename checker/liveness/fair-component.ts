/**
 * Looks for a fair loop in a part of the graph. A component is fair if it has, of each constraint, a step that is an A, or, of a weak one, a
 * state in which no A is enabled, or, of a strong one, no state in which one is, or else a state that keeps it. Where a component fails by strong constraints alone, a fair
 * loop in it avoids the states in which they are enabled: what is left of it is searched again (Emerson and Lei, "Modalities for model
 * checking", 1987). A state in which nothing fair is enabled may be stuttered in for ever.
 */
import { Components, type Judge, type Region } from './components.js'
import { type Constraint, strongOf } from './constraints.js'
import type { StateGraph } from './state-graph.js'

/** Where a loop is fair. */
export interface FairPart {
  /** The least of its ids: the first that the search found. */
  readonly first: number
  /** Of its states, `Components.labelOf`; undefined where one state is stuttered in. */
  readonly label: number | undefined
}

/** A part of the graph, in which a loop is looked for. */
export interface Scope extends Region {
  /** Is a loop through this state wanted? One such state is enough. */
  accepts(id: number): boolean
}

export class FairLoops implements Judge {
  readonly #components: Components
  readonly #graph: StateGraph
  readonly #scope: Scope
  readonly #strong: number
  /** Where strong constraints took components apart: 0 for a state of the whole scope, a negative number for one that is left out. */
  readonly #parts: Int32Array | undefined
  #part = 0
  #best: FairPart | undefined

  constructor(graph: StateGraph, constraints: readonly Constraint[], scope: Scope) {
    this.#graph = graph
    this.#scope = scope
    this.#components = new Components(graph)
    this.#strong = strongOf(constraints)
    this.#parts = this.#strong === 0 ? undefined : new Int32Array(graph.size)
  }

  /** Is a state in a part that was found? */
  isIn({ first, label }: FairPart, id: number): boolean {
    return label === undefined ? id === first : this.#components.labelOf(id) === label
  }

  /** The part with a fair loop that the search found first. */
  *search(): Generator<undefined, FairPart | undefined> {
    const roots = (): Iterable<number> => this.#scope.roots()
    yield* this.#components.search({ roots, has: (id) => this.#scope.has(id) && (this.#parts?.[id] ?? 0) === 0 }, this)
    return this.#best
  }

  entered(id: number, enabled: number): void {
    if (enabled === 0 && this.#scope.accepts(id)) this.#note({ first: id, label: undefined })
  }

  *several(members: Int32Array, label: number): Generator<undefined, undefined> {
    const { all } = this.#graph
    const enabled = new Int32Array(members.length)
    let [taken, disabled, everEnabled, isAccepted] = [0, 0, 0, false]
    for (const [i, id] of members.entries()) {
      const here = this.#graph.expand(id, (child, fair) => {
        if (this.#components.labelOf(child) === label) taken |= fair
      })
      enabled[i] = here
      taken |= this.#graph.kept
      disabled |= all & ~here
      everEnabled |= here
      isAccepted ||= this.#scope.accepts(id)
    }
    yield undefined
    const isWeaklyFair = ((taken | disabled | this.#strong) & all) === all
    if (!isAccepted || !isWeaklyFair) return undefined
    const unfair = this.#strong & everEnabled & ~taken
    if (unfair === 0) this.#note({ first: members.reduce((least, id) => Math.min(least, id), members[0] as number), label })
    else yield* this.#searchWithout(members, (i) => ((enabled[i] as number) & unfair) !== 0)
    return undefined
  }

  /** Searches what is left of a component without the states in which a strong constraint is enabled that it never takes. */
  *#searchWithout(members: Int32Array, isLeftOut: (index: number) => boolean): Generator<undefined, undefined> {
    const parts = this.#parts as Int32Array
    const part = ++this.#part
    for (const [i, id] of members.entries()) parts[id] = isLeftOut(i) ? -1 : part
    const roots = members.filter((id) => parts[id] === part).sort()
    this.#components.forget(roots)
    yield* this.#components.search({ roots: () => roots, has: (id) => parts[id] === part }, this)
    return undefined
  }

  #note(part: FairPart): void {
    if (this.#best === undefined || part.first < this.#best.first) this.#best = part
  }
}
