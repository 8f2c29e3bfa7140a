/** Keeps account of the parts of a recording of JSON lines, in order. */
import { Joints } from '../recording/joints.js'
import type { PartSummary } from '../recording/jsonl-part.js'
import { unended } from '../recording/jsonl-reader.js'
import { refusalOf } from '../recording/line-order.js'
import { noEvents } from '../recording/recording.js'
import type { Refusal } from '../refusal.js'
import type { Packed } from './sightings.js'

/** A part that was packed by itself. */
export interface PackedPart extends Packed {
  readonly summary: PartSummary
}

export class Account {
  readonly #file: string
  readonly #joints = new Joints(1)
  /** All events so far, and those that are steps. */
  events = 0
  held = 0
  /** What is wrong with the recording, behind what was followed. */
  refusal: Refusal | undefined

  constructor(file: string) {
    this.#file = file
  }

  /**
   * The next part, where nothing is wrong so far.
   *
   * @returns how many steps there were before it; undefined where its steps must not be followed
   */
  see({ events, held, summary }: PackedPart): number | undefined {
    const { follows, fault } = this.#joints.see(summary)
    if (fault !== undefined) this.refusal = refusalOf(this.#file, fault)
    if (!follows) return undefined
    const before = this.held
    this.events += events
    this.held += held
    return before
  }

  /** No part is left. */
  end(): void {
    if (!this.#joints.order.hasEnded) this.refusal ??= unended(this.#file, this.#joints.order)
    if (this.events === 0) this.refusal ??= noEvents(this.#file)
  }
}
