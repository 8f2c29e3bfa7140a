/**
 * A sample of states that depends on what they are, and neither on the order in which they come nor on who brings them: those whose hash ends in
 * zeros, in as many as leave few enough. Hash: as in store/row-table.ts.
 */

/** A sample has at most so many. */
export const MOST_SAMPLED = 512

/** What a sample sends to another thread. */
export interface SampledStates {
  /** The bits of a hash that are 0. */
  readonly zeros: number
  readonly states: readonly Int32Array[]
}

export class StateSample implements SampledStates {
  zeros = 0
  states: Int32Array[] = []

  /** Each state once. */
  note(state: Int32Array): void {
    if ((hashOf(state) & this.zeros) !== 0) return
    this.states.push(state.slice())
    this.#thin()
  }

  addAll({ zeros, states }: SampledStates): void {
    this.zeros |= zeros
    this.states.push(...states)
    this.#keep()
    this.#thin()
  }

  #thin(): void {
    while (this.states.length > MOST_SAMPLED) {
      this.zeros = 2 * this.zeros + 1
      this.#keep()
    }
  }

  #keep(): void {
    this.states = this.states.filter((state) => (hashOf(state) & this.zeros) === 0)
  }
}

function hashOf(state: Int32Array): number {
  let h = 0x9e3779b9
  for (let i = 0; i < state.length; i++) {
    h = Math.imul(h ^ (state[i] as number), 0x85ebca6b)
    h ^= h >>> 15
  }
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f)
  return (h ^ (h >>> 16)) >>> 1
}
