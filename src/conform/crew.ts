/** Decides who reads and follows a recording: this thread, or, where there is much to do, others instead. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Bytes } from '../recording/chunks.js'
import { behindHeader, isJsonl } from '../recording/jsonl-header.js'
import { noEvents } from '../recording/recording.js'
import type { Refusal } from '../refusal.js'
import { Alone } from './alone.js'
import type { Followers } from './followers.js'
import { FtraceInOrder, JsonlPartsInOrder } from './parts-in-order.js'
import type { Stop } from './slot-runs.js'
import { SlotThreads } from './slot-threads.js'
import type { PartialTally } from './tally.js'

/** A recording of fewer bytes, unpacked, is done in less time than threads take to start. */
const BYTES_FOR_THREADS = 1 << 24

export class Crew implements Followers {
  readonly #file: string
  readonly #spec: RecordedSpec
  readonly #workers: number
  #followers: Followers | undefined
  #hasBegun = false
  /** What waits until it is known whether threads are worth it. */
  #kept: Bytes[] = []
  #keptBytes = 0
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
    const part = this.#hasBegun ? bytes : this.#begin(bytes)
    if (this.#followers !== undefined) return this.#followers.take(part)
    this.#kept.push(part)
    this.#keptBytes += part.length
    if (this.#keptBytes < BYTES_FOR_THREADS) return
    await this.#release(new SlotThreads(this.#file, this.#spec.name, this.#workers))
  }

  async settle(isWhole: boolean): Promise<void> {
    if (!this.#hasBegun && isWhole) this.#refusal = noEvents(this.#file)
    if (this.#hasBegun && this.#followers === undefined) await this.#release(this.#alone())
    await this.#followers?.settle(isWhole)
  }

  async tally(last: number): Promise<readonly PartialTally[]> {
    return this.#followers?.tally(last) ?? []
  }

  async end(): Promise<void> {
    await this.#followers?.end()
  }

  /** What an event of ftrace is of depends on those before it, so that one thread reads them, which takes longer than to follow them. */
  #begin(bytes: Bytes): Bytes {
    this.#hasBegun = true
    if (!isJsonl(bytes)) {
      this.#followers = new Alone(this.#spec, new FtraceInOrder(this.#file, this.#spec))
      return bytes
    }
    if (this.#workers === 1) this.#followers = this.#alone()
    return behindHeader(this.#file, bytes)
  }

  #alone(): Followers {
    return new Alone(this.#spec, new JsonlPartsInOrder(this.#file, this.#spec))
  }

  async #release(followers: Followers): Promise<void> {
    this.#followers = followers
    const kept = this.#kept
    this.#kept = []
    for (const part of kept) await followers.take(part)
  }
}
