/** A fair loop in a component, as short as a greedy walk makes it: from what is due to the nearest of what else is due, and back. */
import { type Constraint, strongOf } from './constraints.js'
import type { StateGraph } from './state-graph.js'

/** A step from one state to another. */
export interface Hop {
  readonly parent: number
  readonly child: number
  readonly step: number
  readonly actor: number
}

/** Where a loop has to stay, and what it has to meet. */
export interface LoopPlace {
  has(id: number): boolean
  accepts(id: number): boolean
}

/** A hop, and the constraints, as bits, of which it is an A. */
interface FairHop extends Hop {
  readonly fair: number
}

/** What a loop has still to meet. */
interface Due {
  weak: number
  strong: number
  accepted: boolean
}

export class LoopBuilder {
  readonly #graph: StateGraph
  readonly #place: LoopPlace
  readonly #due: Due
  readonly #hops: FairHop[] = []

  /** @param place strongly connected, and fair */
  constructor(graph: StateGraph, constraints: readonly Constraint[], place: LoopPlace) {
    const strong = strongOf(constraints)
    this.#graph = graph
    this.#place = place
    this.#due = { weak: graph.all & ~strong, strong, accepted: false }
  }

  /** A loop from a state back to it: at least one hop. */
  from(first: number): readonly Hop[] {
    let at = first
    for (;;) {
      const hops = this.#search(
        at,
        (id, enabled) => this.#isDueAt(id, enabled),
        (fair) => (fair & (this.#due.weak | this.#due.strong)) !== 0,
      )
      if (hops === undefined) break
      this.#take(at, hops)
      at = hops.at(-1)?.child ?? at
      if (this.#isDone) break
    }
    // A strong constraint of which nothing is enabled here is due to the end.
    if (at !== first || this.#hops.length === 0) this.#hops.push(...this.#back(at, first))
    return this.#hops
  }

  get #isDone(): boolean {
    return this.#due.accepted && (this.#due.weak | this.#due.strong) === 0
  }

  #isDueAt(id: number, enabled: number): boolean {
    return (
      (this.#due.weak & ~enabled) !== 0 || (this.#due.strong & this.#graph.kept) !== 0 || (!this.#due.accepted && this.#place.accepts(id))
    )
  }

  #take(from: number, hops: readonly FairHop[]): void {
    const due = this.#due
    this.#hops.push(...hops)
    for (const { fair } of hops) {
      due.weak &= ~fair
      due.strong &= ~fair
    }
    for (const id of [from, ...hops.map((h) => h.child)]) {
      due.weak &= this.#graph.expand(id, () => {})
      due.strong &= ~this.#graph.kept
      due.accepted ||= this.#place.accepts(id)
    }
  }

  #back(from: number, to: number): FairHop[] {
    return (
      this.#search(
        from,
        () => false,
        () => false,
        to,
      ) ?? []
    )
  }

  /** The shortest way to a state, or over a step, that is wanted; of no hop, if that is where it starts. Undefined where there is none. */
  #search(
    from: number,
    isWanted: (id: number, enabled: number) => boolean,
    isWantedStep: (fair: number) => boolean,
    target?: number,
  ): FairHop[] | undefined {
    const hopTo = new Map<number, FairHop>()
    const queue = [from]
    for (const id of queue) {
      let last: FairHop | undefined
      const enabled = this.#graph.expand(id, (child, fair, kind) => {
        if (last !== undefined || !this.#place.has(child)) return
        const hop = { parent: id, child, fair, ...this.#graph.stepOf(kind) }
        if (isWantedStep(fair) || child === target) last = hop
        if (child === from || hopTo.has(child)) return
        hopTo.set(child, hop)
        queue.push(child)
      })
      if (isWanted(id, enabled)) return wayTo(id, from, hopTo)
      if (last !== undefined) return [...wayTo(id, from, hopTo), last]
    }
    return undefined
  }
}

function wayTo(id: number, from: number, hopTo: ReadonlyMap<number, FairHop>): FairHop[] {
  const hops: FairHop[] = []
  for (let at = id; at !== from; ) {
    const hop = hopTo.get(at) as FairHop
    hops.push(hop)
    at = hop.parent
  }
  return hops.reverse()
}
