/** Of each state a part, in memory (store/lossy-store.ts), by one worker. */
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import type { LossyStore, Omission } from '../store/lossy-store.js'
import { PathFinder, type RecordedPath } from '../trace/recorded-path.js'
import { type Finding, mostUrgent } from './findings.js'
import { Frontier } from './frontier.js'
import { Levels } from './levels.js'
import { atOnce, type Outside, type Place, type Searching, type Turned } from './place.js'
import { largestFrontier, type SharedMemory } from './shared.js'

export class LossyPlace implements Place {
  readonly store: LossyStore
  readonly memory: SharedMemory
  readonly frontier: Frontier
  readonly levels = new Levels()
  readonly elsewhere = undefined
  readonly whole = undefined
  readonly shared = undefined
  readonly #system: System
  readonly #representatives: Representatives | undefined

  /** @param representatives what the search keeps instead of states */
  constructor(system: System, memory: SharedMemory, store: LossyStore, representatives: Representatives | undefined) {
    this.#system = system
    this.#representatives = representatives
    this.memory = memory
    this.store = store
    this.frontier = new Frontier(memory.frontier)
  }

  get omission(): Omission {
    return this.store.omission
  }

  begin(): Searching<boolean> {
    return atOnce(false)
  }

  /** It takes memory by itself. */
  makeRoom(): boolean {
    const largest = largestFrontier()
    if (largest === undefined || !this.store.raise(largest.states)) return false
    this.frontier.moveTo(largest.frontier)
    return true
  }

  learn(): void {}

  turn(): Searching<Turned> {
    return atOnce<Turned>('whole')
  }

  meanwhile(): Searching<void> {
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

  pathTo(found: readonly Finding[]): Searching<RecordedPath> {
    return atOnce(new PathFinder(this.#system, this.store, this.#representatives).run(mostUrgent(found)))
  }

  end(): Searching<Outside | undefined> {
    return atOnce(undefined)
  }

  quit(): Searching<void> {
    return atOnce(undefined)
  }
}
