/** Packs parts of a recording of JSON lines. */
import type { RecordedSpec } from '../../specs/index.js'
import type { Bytes } from '../recording/chunks.js'
import { EventScanner } from '../recording/event-scanner.js'
import { readPart } from '../recording/jsonl-part.js'
import type { PackedPart } from './account.js'
import { Packer } from './packer.js'

export class JsonlParts {
  readonly #scanner = new EventScanner()
  readonly #packer: Packer

  /** @param followers how many follow slots, each those that are its own */
  constructor(spec: Pick<RecordedSpec, 'labelOf'>, followers: number) {
    this.#packer = new Packer(spec, followers)
  }

  /** @param bytes whole lines, the header's not among them */
  pack(bytes: Bytes): PackedPart {
    const summary = readPart(bytes, this.#scanner, this.#packer)
    return { ...this.#packer.take(), summary }
  }
}
