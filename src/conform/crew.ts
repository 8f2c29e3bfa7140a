/** Who follows the slots of a recording: this thread, and, where there is much to follow, others instead. */
import type { RecordedSpec } from '../../specs/index.js'
import { type Sightings, WIDTH } from './sightings.js'
import { SlotRuns, type Stop } from './slot-runs.js'
import { SlotThreads } from './slot-threads.js'
import type { PartialTally } from './tally.js'

/** A recording with fewer steps is followed in less time than threads take to start. */
const STEPS_FOR_THREADS = 100_000

export class Crew {
  readonly #spec: RecordedSpec
  readonly #workers: number
  /** What waits until it is known whether threads are worth it. */
  #kept: Float64Array<ArrayBuffer>[] = []
  #keptSteps = 0
  /** How many kinds were told. */
  #told = 0
  #runs: SlotRuns | undefined
  #threads: SlotThreads | undefined

  /** @param workers 1: this thread does all */
  constructor(spec: RecordedSpec, workers: number) {
    this.#spec = spec
    this.#workers = workers
    if (workers === 1) this.#runs = new SlotRuns(spec)
  }

  /** A stop that is known already; there may be an earlier one. */
  get stop(): Stop | undefined {
    return this.#runs?.stop ?? this.#threads?.stop
  }

  /** Follows what was seen since the last time. */
  async follow(sightings: Sightings): Promise<void> {
    const rows = sightings.take()
    if (this.#runs !== undefined || this.#threads !== undefined) return this.#see(sightings, rows)
    this.#kept.push(rows)
    this.#keptSteps += rows.length / WIDTH
    if (this.#keptSteps < STEPS_FOR_THREADS) return
    this.#threads = new SlotThreads(this.#spec.name, this.#workers)
    await this.#release(sightings)
  }

  /** When all is followed: the first stop. */
  async settled(sightings: Sightings): Promise<Stop | undefined> {
    if (this.#threads !== undefined) return this.#threads.settled()
    this.#runs ??= new SlotRuns(this.#spec)
    await this.#release(sightings)
    return this.#runs.stop
  }

  /** What was seen up to an event. */
  async tally(last: number): Promise<PartialTally[]> {
    return this.#threads?.tally(last) ?? (this.#runs === undefined ? [] : [this.#runs.tally(last)])
  }

  async end(): Promise<void> {
    await this.#threads?.end()
  }

  async #release(sightings: Sightings): Promise<void> {
    const kept = this.#kept
    this.#kept = []
    for (const rows of kept) await this.#see(sightings, rows)
  }

  async #see({ kinds }: Sightings, rows: Float64Array<ArrayBuffer>): Promise<void> {
    const fresh = kinds.slice(this.#told)
    this.#told = kinds.length
    this.#runs?.see(fresh, rows)
    await this.#threads?.see(fresh, kinds, rows)
  }
}
