/** Where the workers of a search wait for each other: a barrier in shared memory. */
import type { Crew } from '../store/crew.js'

/** Words of the control block. */
const ARRIVED = 0
const ROUND = 1
const BROKEN = 2
export const MEETING_WORDS = 4

/** Looks at the round before a worker goes to sleep: the others are mostly not far behind. */
const SPINS = 2000
/** How long it sleeps before it looks whether another has failed. */
const NAP_MS = 200

export class Meeting implements Crew {
  readonly size: number
  readonly index: number
  readonly #control: Int32Array

  constructor(control: Int32Array, size: number, index: number) {
    this.#control = control
    this.size = size
    this.index = index
  }

  /** @throws Error where another worker has failed, and will not come */
  meet(): void {
    const control = this.#control
    const round = Atomics.load(control, ROUND)
    if (Atomics.add(control, ARRIVED, 1) === this.size - 1) {
      Atomics.store(control, ARRIVED, 0)
      Atomics.add(control, ROUND, 1)
      Atomics.notify(control, ROUND)
      return
    }
    for (let i = 0; i < SPINS; i++) if (Atomics.load(control, ROUND) !== round) return
    while (Atomics.load(control, ROUND) === round) {
      if (Atomics.load(control, BROKEN) !== 0) throw new Error('another worker has failed')
      Atomics.wait(control, ROUND, round, NAP_MS)
    }
  }

  /** Says that this worker has failed. */
  break(): void {
    Atomics.store(this.#control, BROKEN, 1)
  }
}
