/**
 * The exact store: states as trees of rows, each row stored once (after Laarman, van de Pol and Weber, "Parallel Recursive State Compression
 * for Free", SPIN 2011). Leaves are the words of a state; all inner nodes share one table; the roots are the states, and the id of a root is
 * the id of its state. A successor costs the nodes above the words that its step wrote. A state of up to four words is a root alone.
 *
 * No link to a parent is kept: counterexamples are found by walking the depths back (trace/shortest.ts).
 */
import { alone, type Crew } from './crew.js'
import { type Parts, plainParts } from './parts.js'
import { RowQueue } from './row-queue.js'
import { type RowMemory, RowTable, rowMemory } from './row-table.js'
import type { Store } from './store.js'
import { rootWidth, type TreeCode, treeCode } from './tree-shape.js'

/** The memory of a store: what its workers share. */
export interface TreeMemory {
  readonly roots: RowMemory
  readonly inner: RowMemory
  readonly parts: Parts
}

/**
 * @param words length of a state
 * @param states how many at most, a power of two
 * @param nodes how many inner nodes at most, a power of two
 * @param parts into which the words of a state are put
 */
export function treeMemory(words: number, states: number, nodes: number, parts: Parts = plainParts(words)): TreeMemory {
  return { roots: rowMemory(rootWidth(words), states), inner: rowMemory(4, nodes), parts }
}

export class StateTree implements Store {
  #roots: RowTable
  #queue: RowQueue
  #inner: RowTable
  #parts: Parts
  #code: TreeCode
  readonly #w: Int32Array
  readonly #current: Int32Array
  /** The inner nodes of the state that was opened last. */
  readonly #kept: Int32Array

  /**
   * @param w where `insert` and `find` take a state from
   * @param current where `open` puts a state, besides `w`
   */
  constructor(w: Int32Array, current: Int32Array, memory: TreeMemory) {
    this.#w = w
    this.#current = current
    this.#kept = new Int32Array(w.length)
    this.#roots = new RowTable(memory.roots)
    this.#queue = new RowQueue(this.#roots)
    this.#inner = new RowTable(memory.inner)
    this.#parts = memory.parts
    this.#code = this.#compile()
  }

  /** How many states this worker has added. */
  get added(): number {
    return this.#roots.added
  }

  /** Bytes that the store has touched. */
  get bytes(): number {
    return this.#roots.bytes + this.#inner.bytes
  }

  /** Bytes that growing what is full takes. */
  get growth(): number {
    return [this.#roots, this.#inner].reduce((sum, table) => sum + (table.isFull ? table.growth : 0), 0)
  }

  /** Must all workers meet to grow the store before more is inserted? */
  get isFull(): boolean {
    return this.#roots.isFull || this.#inner.isFull
  }

  /** Does what is full need a larger memory? */
  get isAtCapacity(): boolean {
    return (this.#roots.isFull && this.#roots.isAtCapacity) || (this.#inner.isFull && this.#inner.isAtCapacity)
  }

  /** Doubles the indexes that are full, all workers together. */
  grow(crew: Crew = alone): void {
    const [roots, inner] = [this.#roots.isFull, this.#inner.isFull]
    crew.meet()
    if (roots) this.#roots.grow(crew)
    if (inner) this.#inner.grow(crew)
  }

  /** Could what is full grow in this memory? One for more states may have no more inner nodes. */
  hasRoomIn({ roots, inner }: TreeMemory): boolean {
    return this.#roots.hasRoomIn(roots) && this.#inner.hasRoomIn(inner)
  }

  /** How the words of a state are put into parts. */
  get parts(): Parts {
    return this.#parts
  }

  /** Moves to a larger memory for the same parts; only while there are no other workers. */
  moveTo(memory: TreeMemory): void {
    this.#roots = this.#roots.movedTo(memory.roots)
    this.#queue = this.#queue.movedTo(this.#roots)
    this.#inner = this.#inner.movedTo(memory.inner)
    this.#code = this.#compile()
  }

  /**
   * Moves to a larger memory for other parts: adds all states anew, in the order of their ids, so that each keeps its own. Only between two
   * depths, and while there are no other workers.
   */
  rebuildIn(memory: TreeMemory): void {
    const tree = new StateTree(this.#w, this.#current, memory)
    for (let id = 0; id < this.added; id++) {
      if (tree.isFull) tree.grow()
      this.open(id)
      tree.insert()
    }
    tree.takeRanges()
    this.#roots = tree.#roots
    this.#queue = tree.#queue
    this.#inner = tree.#inner
    this.#parts = memory.parts
    this.#code = this.#compile()
  }

  /** Forgets all states; no worker inserts meanwhile, and each of the others calls `renew` before it goes on. */
  clear(): void {
    this.#roots.clear()
    this.#inner.clear()
    this.#forget()
  }

  /** Goes on with a store that another worker has cleared. */
  renew(): void {
    this.#roots.renew()
    this.#inner.renew()
    this.#forget()
  }

  /** Bytes that sharing it takes. */
  get sharing(): number {
    return this.#roots.sharing + this.#inner.sharing
  }

  /** Makes the tables long enough for several workers, while there is one. */
  share(): void {
    this.#roots.share()
    this.#inner.share()
  }

  /** The ids that this worker has added since it was asked last, as ranges: first, and one after the last. */
  takeRanges(): number[] {
    return this.#roots.takeRanges()
  }

  /** Reads a state to `w` and `current`: what is inserted next are its successors. */
  open(id: number): void {
    this.#code.open(id)
  }

  /**
   * Adds the state in `w` unless it is there.
   *
   * @param touched the words (`touchedBit`) in which it may differ from the state that was opened last
   * @returns its new id, or `~id` (negative) of the state that was there
   */
  insert(touched = -1): number {
    return this.#code.insert(touched)
  }

  /** Adds the state in `w` unless it is there, when `settle` is called at the latest; answers -1. */
  add(touched = -1, isAsked = 0, change = 0): number {
    this.#code.add(touched, isAsked, change)
    return -1
  }

  settle(tell: (id: number) => void): void {
    this.#queue.settle(tell)
  }

  /** The id of the state in `w`, or -1. */
  find(): number {
    return this.#code.find()
  }

  #forget(): void {
    this.#queue.forget()
    this.#code.forget()
  }

  #compile(): TreeCode {
    return treeCode(
      this.#w.length,
      this.#parts,
      { roots: this.#roots, queue: this.#queue, inner: this.#inner },
      this.#w,
      this.#current,
      this.#kept,
    )
  }
}
