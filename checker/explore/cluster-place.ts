/**
 * States in a cluster, which several explorers search together: memory holds a task of this one, and keeps it from sending a successor twice. The search
 * is at the depth that is the last whole one in the cluster; a turn of it does one thing, and comes back.
 */
import type { System } from '../machine/system.js'
import type { Representatives } from '../reduce/representatives.js'
import type { Cluster } from '../store/cluster.js'
import { minus, noWork, type Work } from '../store/work.js'
import type { RecordedPath } from '../trace/recorded-path.js'
import { WayBack } from '../trace/way-back.js'
import { findingOf, textOf } from './finding-text.js'
import type { Finding } from './findings.js'
import { OutsidePlace, sizeOf } from './outside-place.js'
import { type Elsewhere, type Ended, type Outside, type Searching, type Turned, until } from './place.js'
import { MIDST, type SharedMemory, SPILL, STOP, stop } from './shared.js'

export type OpenCluster = () => Promise<Cluster>

export class ClusterPlace extends OutsidePlace {
  readonly #representatives: Representatives | undefined
  readonly #open: OpenCluster
  #cluster: Cluster | undefined
  #elsewhere: Elsewhere = { ...noWork, findings: [] }
  /** What this explorer had done when it last finished a task. */
  #noted: Work = noWork

  /** @param representatives what the search keeps instead of states */
  constructor(system: System, memory: SharedMemory, open: OpenCluster, representatives: Representatives | undefined) {
    super(system, memory)
    this.#open = open
    this.#representatives = representatives
  }

  override get whole(): undefined {
    return undefined
  }

  override get elsewhere(): Elsewhere {
    return this.#elsewhere
  }

  override *begin(): Searching<boolean> {
    this.#cluster = yield* until(this.#open())
    const { sizes } = this.#cluster
    for (const size of sizes) if (size > 0) this.levels.addGone(size)
    this.#learnFromOthers(this.#cluster, noWork)
    this.memory.flags[MIDST] = 1
    return sizes.length > 0
  }

  override *turn(ended: Ended): Searching<Turned> {
    const cluster = this.#cluster
    if (ended.isStopped || cluster === undefined) return 'midst'
    const { flags } = this.memory
    yield* this.#take(cluster)
    if (this.#isOver(cluster)) {
      flags[MIDST] = 0
      return 'whole'
    }
    if ((yield* this.load(ended)) > 0) return 'midst'
    if (cluster.isBusy) yield* this.#finish(cluster, ended)
    const next = yield* until(cluster.next())
    if (next === 'later') return 'midst'
    if (next === 'whole') return this.#turned(cluster, ended)
    this.reader = next
    yield* this.load(ended)
    return 'midst'
  }

  /** Levels are noted as they become whole. */
  override note(): void {}

  override distinct(): number {
    return this.levels.distinct + (this.#cluster?.waiting ?? 0)
  }

  override atLeast(): number {
    return this.levels.distinct
  }

  override *pathTo(found: readonly Finding[]): Searching<RecordedPath> {
    const cluster = this.#cluster
    if (cluster === undefined) throw new Error('the cluster has gone')
    const last = cluster.sizes.length - 1
    const depths = Array.from({ length: last + 1 }, (_, i) => cluster.statesAt(last - i))
    return yield* new WayBack(this.system, this.#representatives).run(found, depths)
  }

  override *end(): Searching<Outside | undefined> {
    const cluster = this.#cluster
    if (cluster === undefined) return undefined
    this.#cluster = undefined
    const bytes = yield* until(cluster.size())
    yield* until(cluster.end())
    return { name: cluster.name, bytes }
  }

  override *quit(): Searching<void> {
    const cluster = this.#cluster
    this.#cluster = undefined
    if (cluster !== undefined) yield* until(cluster.end().catch(() => {}))
  }

  /** Sends what was found, and empties the memory if it is full. */
  *#take(cluster: Cluster): Searching<void> {
    const { flags } = this.memory
    const isFull = flags[SPILL] !== 0
    const rest = isFull ? this.frontier.takeRest() : new Int32Array()
    this.leave(rest)
    yield* this.give(
      this.frontier.takeNext(),
      (w) => cluster.find(w),
      () => cluster.drain(),
    )
    if (!isFull) return
    if (sizeOf(rest) === this.readIntoEmpty) stop(this.memory, STOP.memory)
    this.empty()
    flags[SPILL] = 0
  }

  *#finish(cluster: Cluster, ended: Ended): Searching<void> {
    const own = ended.own()
    const found = ended.findings().map(textOf)
    yield* until(cluster.finish({ ...minus(own, this.#noted), found }))
    this.#noted = own
  }

  /** A depth has become whole. */
  #turned(cluster: Cluster, ended: Ended): Turned {
    const size = cluster.sizes.at(-1) ?? 0
    if (ended.areTooMany(this.levels.distinct + size)) return 'beyond'
    if (size > 0) this.levels.addGone(size)
    this.#learnFromOthers(cluster, ended.own())
    if (this.#isOver(cluster)) this.memory.flags[MIDST] = 0
    return 'whole'
  }

  #learnFromOthers(cluster: Cluster, own: Work): void {
    this.#elsewhere = { ...minus(cluster.total, own), findings: cluster.total.found.map(findingOf) }
  }

  #isOver({ sizes, total }: Cluster): boolean {
    return sizes.at(-1) === 0 || total.found.length > 0
  }
}
