/** Does each recorded store find what the one before it left? If not, a store was not recorded. */
import type { RecordedEvent } from '../recording/recording.js'
import { RecordingFault } from './recording-fault.js'

type Bytes = Map<number, number>

/** What holds the bytes of a device that are recorded. */
const holders: Readonly<Record<string, string>> = { store: 'swap_map', continued: 'the continuation of swap_map' }

export class Continuity {
  /** By device and kind of event, what each byte holds, by slot; 0 where nothing was stored. */
  readonly #devices = new Map<number, Map<string, Bytes>>()

  /** @throws RecordingFault */
  see({ event, type = -1, offset = -1, old = 0, new: stored = 0, seq, in: name, fresh }: RecordedEvent): void {
    if (event === 'device' && fresh) this.#devices.delete(type)
    const holder = holders[event]
    if (holder === undefined) return
    const bytes = this.#bytes(type, event)
    const before = bytes.get(offset) ?? 0
    if (before !== old) {
      throw new RecordingFault(
        `event ${seq}: ${name}() found ${old} in ${holder}[${offset}] of device ${type}, and the last store that was recorded had left ${before}: a store of this kernel is not probed`,
      )
    }
    bytes.set(offset, stored)
  }

  #bytes(type: number, event: string): Bytes {
    const device = this.#devices.get(type) ?? new Map<string, Bytes>()
    this.#devices.set(type, device)
    const bytes = device.get(event) ?? new Map<number, number>()
    device.set(event, bytes)
    return bytes
  }
}
