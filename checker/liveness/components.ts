/**
 * Strongly connected components, depth first and without recursion: Tarjan's algorithm with one number for each state, as in Pearce, "A
 * space-efficient algorithm for finding strongly connected components" (IPL 116, 2016). A state's edges are found once, when it is entered,
 * and those into the region wait on a stack until the search comes back to them.
 *
 * Memory: 4 bytes for a state, 4 for each state whose component is not known yet, and on the path at hand 16 bytes for a state and 4 for each
 * of its edges.
 */
import { Stack } from './stack.js'
import type { StateGraph, VisitEdge } from './state-graph.js'

/** Part of a graph: only its states are entered. */
export interface Region {
  has(id: number): boolean
  /** Where the search starts, in order. */
  roots(): Iterable<number>
}

/** Hears of the states of a region, and of those of its components that have more than one, each after all that can be reached from it. */
export interface Judge {
  /** @param enabled the constraints, as bits, of which an A is enabled in the state */
  entered(id: number, enabled: number): void
  /** @param members in no order; `Components.labelOf` answers `label` for each */
  several(members: Int32Array, label: number): Generator<undefined>
}

/** States that are entered before a search yields. */
const TURN = 1 << 12

export class Components {
  readonly #graph: StateGraph
  /** Of a state on the path, or waiting for its component: a number below the labels of components. 0 where it was not entered. */
  readonly #numbers: Int32Array
  /** Goes down, so that labels stay above the numbers of states that are not done. */
  #label = 2 ** 31 - 1
  #count = 0
  /** The path, and for each state on it: its number at first, where its edges begin, and which of them is next. */
  readonly #path = new Stack()
  readonly #own = new Stack()
  readonly #begin = new Stack()
  readonly #next = new Stack()
  readonly #edges = new Stack()
  readonly #waiting = new Stack()

  constructor(graph: StateGraph) {
    this.#graph = graph
    this.#numbers = new Int32Array(graph.size)
  }

  /** The component of a state; of one that is not known, a number that is no component's. */
  labelOf(id: number): number {
    return this.#numbers[id] as number
  }

  /**
   * Tells the judge of each component of a region; yields now and then. While the judge looks at one, part of it may be searched as a
   * region of its own, if the first region has nothing of it any more.
   */
  *search(region: Region, judge: Judge): Generator<undefined, undefined> {
    const bottom = this.#path.length
    let turn = 0
    for (const root of region.roots()) {
      if (!this.#isNew(root, region)) continue
      this.#enter(root, region, judge)
      while (this.#path.length > bottom) {
        if (++turn % TURN === 0) yield undefined
        const child = this.#nextChild(region)
        const members = child === undefined ? this.#leave() : undefined
        if (members !== undefined) yield* judge.several(members, this.labelOf(members[0] as number))
        if (child === undefined) continue
        if (this.#numbers[child] === 0) this.#enter(child, region, judge)
        else this.#lower(this.#path.top, this.#numbers[child] as number)
      }
    }
    return undefined
  }

  /** Forgets what is known of states, so that they can be searched again. */
  forget(ids: Iterable<number>): void {
    for (const id of ids) this.#numbers[id] = 0
  }

  #isNew(id: number, region: Region): boolean {
    return this.#numbers[id] === 0 && region.has(id)
  }

  #enter(id: number, region: Region, judge: Judge): void {
    this.#numbers[id] = ++this.#count
    this.#path.push(id)
    this.#own.push(this.#count)
    this.#begin.push(this.#edges.length)
    this.#next.push(this.#edges.length)
    const visit: VisitEdge = (child) => {
      if (region.has(child)) this.#edges.push(child)
    }
    judge.entered(id, this.#graph.expand(id, visit))
  }

  /** Of the last state on the path, the next child in the region; undefined after the last. */
  #nextChild(region: Region): number | undefined {
    for (let at = this.#next.pop(); at < this.#edges.length; at++) {
      const child = this.#edges.at(at)
      if (!region.has(child)) continue
      this.#next.push(at + 1)
      return child
    }
    this.#next.push(this.#edges.length)
    return undefined
  }

  /** All that can be reached from the last state on the path has been seen. Answers its component, if that ends with it and has several. */
  #leave(): Int32Array | undefined {
    const id = this.#path.pop()
    const own = this.#own.pop()
    this.#next.pop()
    this.#edges.length = this.#begin.pop()
    const number = this.#numbers[id] as number
    this.#waiting.push(id)
    if (number === own) return this.#close(own)
    this.#lower(this.#path.top, number)
    return undefined
  }

  /** The states that wait, down to the one of this number, are a component. */
  #close(own: number): Int32Array | undefined {
    const label = this.#label--
    let from = this.#waiting.length
    while (from > 0 && (this.#numbers[this.#waiting.at(from - 1)] as number) >= own) {
      from--
      this.#numbers[this.#waiting.at(from)] = label
    }
    const members = this.#waiting.length - from > 1 ? this.#waiting.from(from).slice() : undefined
    this.#waiting.length = from
    return members
  }

  #lower(id: number, number: number): void {
    if (number < (this.#numbers[id] as number)) this.#numbers[id] = number
  }
}
