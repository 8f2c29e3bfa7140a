/** One thread that reads a recording and follows its slots. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Bytes } from '../recording/chunks.js'
import type { Refusal } from '../refusal.js'
import type { Followers } from './followers.js'
import type { PartsInOrder } from './parts-in-order.js'
import { SlotRuns, type Stop } from './slot-runs.js'
import type { PartialTally } from './tally.js'

export class Alone implements Followers {
  readonly #runs: SlotRuns
  readonly #parts: PartsInOrder

  constructor(spec: RecordedSpec, parts: PartsInOrder) {
    this.#runs = new SlotRuns(spec)
    this.#parts = parts
  }

  get events(): number {
    return this.#parts.events
  }

  get held(): number {
    return this.#parts.held
  }

  get stop(): Stop | undefined {
    return this.#runs.stop
  }

  get refusal(): Refusal | undefined {
    return this.#parts.refusal
  }

  async take(bytes: Bytes): Promise<void> {
    const sighted = this.#parts.read(bytes)
    if (sighted !== undefined) this.#runs.see(sighted)
  }

  async settle(isWhole: boolean): Promise<void> {
    if (isWhole && this.refusal === undefined) this.#parts.end()
  }

  async tally(last: number): Promise<readonly PartialTally[]> {
    return [this.#runs.tally(last)]
  }

  async end(): Promise<void> {}
}
