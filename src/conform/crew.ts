/** Decides who reads and follows a recording: this thread, or others instead. */
import type { RecordedSpec } from '../../specs/index.js'
import { defaultWorkers } from '../machine-limits.js'
import { type Bytes, unpackedSize } from '../recording/chunks.js'
import { behindHeader, isJsonl } from '../recording/jsonl-header.js'
import { noEvents } from '../recording/recording.js'
import type { Refusal } from '../refusal.js'
import { Alone } from './alone.js'
import type { Followers } from './followers.js'
import { FtraceInOrder, JsonlPartsInOrder } from './parts-in-order.js'
import type { Stop } from './slot-runs.js'
import { SlotThreads } from './slot-threads.js'
import type { PartialTally } from './tally.js'

/** A recording of fewer bytes is done by one thread before several are (checker/bench/RESULTS.md). */
const BYTES_FOR_THREADS = 2 ** 27

/**
 * How many threads follow a recording unless it is told otherwise.
 *
 * @throws Refusal where the file cannot be read
 */
export async function workersFor(file: string): Promise<number> {
  return (await unpackedSize(file)) < BYTES_FOR_THREADS ? 1 : defaultWorkers('memory')
}

export class Crew implements Followers {
  readonly #file: string
  readonly #spec: RecordedSpec
  readonly #workers: number
  #followers: Followers | undefined
  #refusal: Refusal | undefined

  /** @param workers 1: this thread does all */
  constructor(file: string, spec: RecordedSpec, workers: number) {
    this.#file = file
    this.#spec = spec
    this.#workers = workers
  }

  get events(): number {
    return this.#followers?.events ?? 0
  }

  get held(): number {
    return this.#followers?.held ?? 0
  }

  get stop(): Stop | undefined {
    return this.#followers?.stop
  }

  get refusal(): Refusal | undefined {
    return this.#refusal ?? this.#followers?.refusal
  }

  /** @throws Refusal where it begins with a header that is wrong */
  async take(bytes: Bytes): Promise<void> {
    if (this.#followers !== undefined) return this.#followers.take(bytes)
    const isText = !isJsonl(bytes)
    const part = isText ? bytes : behindHeader(this.#file, bytes)
    this.#followers = isText ? this.#textFollower() : this.#lineFollowers()
    return this.#followers.take(part)
  }

  async settle(isWhole: boolean): Promise<void> {
    if (isWhole && this.#followers === undefined) this.#refusal = noEvents(this.#file)
    await this.#followers?.settle(isWhole)
  }

  async tally(last: number): Promise<readonly PartialTally[]> {
    return this.#followers?.tally(last) ?? []
  }

  async end(): Promise<void> {
    await this.#followers?.end()
  }

  /** What an event of ftrace is of depends on those before it, so that one thread reads them, which takes longer than to follow them. */
  #textFollower(): Followers {
    return new Alone(this.#spec, new FtraceInOrder(this.#file, this.#spec))
  }

  #lineFollowers(): Followers {
    if (this.#workers > 1) return new SlotThreads(this.#file, this.#spec.name, this.#workers)
    return new Alone(this.#spec, new JsonlPartsInOrder(this.#file, this.#spec))
  }
}
