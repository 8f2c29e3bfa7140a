/** Does each recorded store find what the one before it left? If not, a store was not recorded. */
import type { RecordedEvent } from '../recording/recording.js'
import { RecordingFault } from './recording-fault.js'

export class Continuity {
  /** What each byte of swap_map holds, by device and slot; 0 where nothing was stored. */
  readonly #bytes = new Map<number, Map<number, number>>()

  /** @throws RecordingFault */
  see({ event, type = -1, offset = -1, old = 0, new: stored = 0, seq, in: name, fresh }: RecordedEvent): void {
    if (event === 'device' && fresh) this.#bytes.delete(type)
    if (event !== 'store') return
    const bytes = this.#bytes.get(type) ?? new Map<number, number>()
    this.#bytes.set(type, bytes)
    const before = bytes.get(offset) ?? 0
    if (before !== old) {
      throw new RecordingFault(
        `event ${seq}: ${name}() found ${old} in swap_map[${offset}] of device ${type}, and the last store that was recorded had left ${before}: a store of this kernel is not probed`,
      )
    }
    bytes.set(offset, stored)
  }
}
