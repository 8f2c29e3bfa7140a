/** All states in memory, whole: a tree that starts small, and moves once, to as much address space as the machine gives. */
import type { System } from '../machine/system.js'
import type { Omission } from '../store/lossy-store.js'
import { type Change, learnedParts, type Parts } from '../store/parts.js'
import { StateTree } from '../store/state-tree.js'
import type { RecordedPath } from '../trace/recorded-path.js'
import type { Finding } from './findings.js'
import { Frontier } from './frontier.js'
import { Levels } from './levels.js'
import { atOnce, type Elsewhere, type Ended, type Host, type Outside, type Place, type Searching, type Turned } from './place.js'
import { largestMemory, type SharedMemory } from './shared.js'

/** When it has found so many, it is known which words of a state change together, and they are put into parts accordingly. */
const KNOWN = 1 << 15
/** The first time, when it has found so many, where a state has no parts. */
const KNOWN_OF_SHORT = 1 << 12

export class TreePlace implements Place {
  readonly store: StateTree
  readonly frontier: Frontier
  readonly levels = new Levels()
  memory: SharedMemory
  /** Is the memory only limited by the machine? */
  #isLarge = false
  readonly #words: number

  constructor({ w, current, words }: System, memory: SharedMemory) {
    this.#words = words
    this.memory = memory
    this.frontier = new Frontier(memory.frontier)
    this.store = new StateTree(w, current, memory.store)
  }

  get omission(): Omission | undefined {
    return undefined
  }

  get elsewhere(): Elsewhere | undefined {
    return undefined
  }

  get whole(): StateTree | undefined {
    return this.store
  }

  get shared(): StateTree | undefined {
    return this.#isLarge ? this.store : undefined
  }

  begin(_host: Host): Searching<boolean> {
    return atOnce(false)
  }

  /** When enough is known for it to be the last move. */
  learn(changes: () => readonly Change[]): void {
    const { parts, added } = this.store
    if (this.#isLarge || added < (parts.length === 0 ? KNOWN_OF_SHORT : KNOWN)) return
    this.#moveToLarger(learnedParts(this.#words, changes()))
  }

  makeRoom(): boolean {
    return this.#moveToLarger()
  }

  turn(_ended: Ended): Searching<Turned> {
    return atOnce<Turned>('whole')
  }

  meanwhile(_host: Host): Searching<void> {
    return atOnce(undefined)
  }

  note(): void {
    const { blocks } = this.frontier
    if (blocks.length > 0) this.levels.add(blocks)
  }

  distinct(added: number): number {
    return added
  }

  atLeast(added: number): number {
    return added
  }

  pathTo(findings: readonly Finding[]): Searching<RecordedPath> {
    return atOnce({ store: this.store, levels: this.levels, findings })
  }

  end(): Searching<Outside | undefined> {
    return atOnce(undefined)
  }

  quit(): Searching<void> {
    return atOnce(undefined)
  }

  /** Moves to memory that is only limited by the machine. Between two depths the words of a state may be put into other parts. */
  #moveToLarger(parts?: Parts): boolean {
    const memory = largestMemory(this.#words, this.memory, parts ?? this.store.parts)
    if (memory === undefined || !this.store.hasRoomIn(memory.store)) return false
    if (parts === undefined) this.store.moveTo(memory.store)
    else this.store.rebuildIn(memory.store)
    this.frontier.moveTo(memory.frontier)
    this.memory = memory
    this.#isLarge = true
    return true
  }
}
