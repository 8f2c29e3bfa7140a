/**
 * States in memory as long as they fit, and in a database when they do not.
 *
 * While all of them are in memory, the database (if there is one yet) only takes a copy of each depth. When the memory is full, it is emptied:
 * from then on it holds a part of the frontier at a time, read from the database, and successors, each once until it is emptied again. They go to
 * the database, which drops those that it knows at the end of the depth.
 */
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import { omissionAmong } from '../store/fingerprint.js'
import type { LevelDatabase, Progress } from '../store/level-database.js'
import type { Omission } from '../store/lossy-store.js'
import type { StateTree } from '../store/state-tree.js'
import { noWork, plus } from '../store/work.js'
import type { RecordedPath } from '../trace/recorded-path.js'
import { WayBack } from '../trace/way-back.js'
import type { Finding } from './findings.js'
import { nothingLeft, OutsidePlace, sizeOf } from './outside-place.js'
import { type Elsewhere, type Ended, type Host, type Outside, type Searching, type Turned, until } from './place.js'
import { MIDST, type SharedMemory, SPILL, STOP, STOPPED, stop } from './shared.js'

export interface DatabaseUse {
  /** @throws DatabaseFault */
  open(): Promise<LevelDatabase>
  /** Not before the memory is full? */
  readonly isLate: boolean
  /** Does it keep fingerprints of the states that were expanded? */
  readonly isCompact: boolean
}

const nothing: Int32Array = new Int32Array()

/** Something was found, and the states on the way to it are gone. */
export class WayLost extends Error {
  readonly outside: Outside | undefined

  constructor(outside: Outside | undefined) {
    super('the states on the way are gone')
    this.outside = outside
  }
}

export class DatabasePlace extends OutsidePlace {
  readonly #representatives: Representatives | undefined
  readonly #use: DatabaseUse
  #database: LevelDatabase | undefined
  /** Does the memory hold some of the states only? */
  #isOut = false
  /** As of the depth that is expanded, when it began. */
  #progress: Progress | undefined
  /** Of the search that this one goes on from. */
  #saved: Progress | undefined
  /** States of whole depths, when some are out. */
  #total = 0
  #wasEmptied = false
  /** States of the depth that begins, when some are out. */
  #begun = 0
  /** What was found, or when all states are in memory the depth at hand, and is not in the database yet: blocks of ids. */
  #found = nothing

  /** @param representatives what the search keeps instead of states */
  constructor(system: System, memory: SharedMemory, use: DatabaseUse, representatives: Representatives | undefined) {
    super(system, memory)
    this.#use = use
    this.#representatives = representatives
  }

  override get omission(): Omission | undefined {
    return this.#use.isCompact ? omissionAmong(this.levels.distinct) : undefined
  }

  override get elsewhere(): Elsewhere | undefined {
    return this.#saved && { ...this.#saved, findings: [] }
  }

  override get whole(): StateTree | undefined {
    return this.#isOut ? undefined : this.store
  }

  override *begin(host: Host): Searching<boolean> {
    if (this.#use.isLate) return false
    const database = yield* this.#open()
    const { saved } = database
    if (saved === undefined) return false
    for (const size of saved.sizes) this.levels.addGone(size)
    this.#progress = saved
    this.#saved = saved
    this.#total = this.levels.distinct
    this.#isOut = true
    this.reader = database.statesAt(saved.sizes.length - 1)
    yield* this.load(host)
    return true
  }

  override *turn(ended: Ended): Searching<Turned> {
    if (ended.isStopped) return this.#isOut ? 'midst' : 'whole'
    const isFull = this.memory.flags[SPILL] !== 0
    if (this.#isOut || isFull) return yield* this.#turnOut(ended, isFull)
    if (!ended.isFound) this.#noteDepth(ended)
    return 'whole'
  }

  override *meanwhile(host: Host): Searching<void> {
    if (!this.#isOut) return yield* this.#copyDepth()
    yield* this.#giveFound()
    if (this.memory.flags[STOPPED] === STOP.not) yield* this.readAhead(host)
  }

  override note(): void {
    if (!this.#isOut) super.note()
    else if (this.#begun > 0) this.levels.addGone(this.#begun)
  }

  override distinct(added: number): number {
    return this.#isOut ? this.#total + (this.#database?.waiting ?? 0) : added
  }

  override atLeast(added: number): number {
    return this.#isOut ? this.#total : added
  }

  /** @throws WayLost */
  override *pathTo(found: readonly Finding[]): Searching<RecordedPath> {
    const database = this.#database
    if (!this.#isOut || database === undefined) return yield* super.pathTo(found)
    if (this.#use.isCompact) throw new WayLost(yield* this.end())
    const last = (this.#progress?.sizes.length ?? 0) - 1
    const depths = Array.from({ length: last + 1 }, (_, i) => database.statesAt(last - i))
    return yield* new WayBack(this.system, this.#representatives).run(found, depths)
  }

  override *end(): Searching<Outside | undefined> {
    const database = this.#database
    if (database === undefined) return undefined
    this.#database = undefined
    const bytes = yield* until(database.size())
    yield* until(database.end())
    return { name: database.name, bytes }
  }

  override *quit(): Searching<void> {
    const database = this.#database
    this.#database = undefined
    if (database !== undefined) yield* until(database.end().catch(() => {}))
  }

  *#open(): Searching<LevelDatabase> {
    this.#database = yield* until(this.#use.open())
    return this.#database
  }

  /** What is to be kept when a depth has become whole. */
  #whole(ended: Ended, size: number): Progress {
    this.#progress = { sizes: [...this.levels.sizes, size], ...plus(this.#saved ?? noWork, ended.own()) }
    return this.#progress
  }

  /** All states are in memory: those of the depth that begins are to be copied. */
  #noteDepth(ended: Ended): void {
    this.#found = this.frontier.takeNext()
    this.frontier.add(this.#found)
    const size = sizeOf(this.#found)
    if (size > 0) this.#whole(ended, size)
  }

  *#copyDepth(): Searching<void> {
    const [database, progress, blocks] = [this.#database, this.#progress, this.#found]
    this.#found = nothing
    if (database === undefined || progress === undefined || blocks.length === 0) return
    yield* this.#give(blocks, (w) => database.keep(w, progress.sizes.length - 1))
    yield* until(database.save(progress))
  }

  *#giveFound(): Searching<void> {
    const [database, blocks] = [this.#database, this.#found]
    this.#found = nothing
    if (database !== undefined && blocks.length > 0) yield* this.#give(blocks, (w) => database.find(w))
  }

  *#turnOut(ended: Ended, isFull: boolean): Searching<Turned> {
    const { flags } = this.memory
    this.#found = this.frontier.takeNext()
    flags[MIDST] = 1
    if (!isFull && this.goAhead()) return 'midst'
    const database = this.#database ?? (yield* this.#open())
    if (isFull) yield* this.#makeRoom(database)
    else if (this.isNearlyFull) yield* this.#giveFound()
    if ((yield* this.load(ended)) > 0) return 'midst'
    yield* this.#giveFound()
    return yield* this.#close(database, ended)
  }

  /** The memory is full: empties it, and keeps what is left of the frontier. */
  *#makeRoom(database: LevelDatabase): Searching<void> {
    const rest = this.frontier.takeRest()
    if (!this.#isOut) yield* this.#goOut(database, rest)
    else this.leave(rest)
    yield* this.#giveFound()
    this.leaveAhead()
    if (sizeOf(rest) === this.readIntoEmpty) stop(this.memory, STOP.memory)
    this.empty()
    this.memory.flags[SPILL] = 0
  }

  /** Copies all depths that are not in the database yet, and what is left of the last. */
  *#goOut(database: LevelDatabase, rest: Int32Array): Searching<void> {
    const { levels } = this
    this.#isOut = true
    this.#total = levels.distinct
    if (this.#use.isLate) {
      for (let depth = 0; depth < levels.depth; depth++) yield* this.#give(levels.rangesAt(depth), (w) => database.keep(w, depth))
      if (this.#progress !== undefined) yield* until(database.save(this.#progress))
    }
    yield* this.#give(rest, (w) => database.leave(w))
    this.reader = sizeOf(rest) > 0 ? database.rest() : nothingLeft
  }

  /** The depth is whole: the database says which of its successors are new. */
  *#close(database: LevelDatabase, ended: Ended): Searching<Turned> {
    const { flags } = this.memory
    const depth = this.levels.depth - 1
    const size = yield* until(database.close(depth, !this.#wasEmptied))
    if (ended.areTooMany(this.#total + size)) return 'beyond'
    flags[MIDST] = 0
    this.#begun = size
    this.#total += size
    if (size === 0 || ended.isFound) return 'whole'
    yield* until(database.save(this.#whole(ended, size)))
    this.reader = database.statesAt(depth + 1)
    if ((yield* this.load(ended)) === 0) {
      this.empty()
      yield* this.load(ended)
    }
    this.#wasEmptied = false
    return 'whole'
  }

  protected override empty(): void {
    super.empty()
    this.#wasEmptied = true
  }

  *#give(blocks: ArrayLike<number>, take: (w: Int32Array) => void): Searching<void> {
    yield* this.give(blocks, take, async () => await this.#database?.drain())
  }
}
