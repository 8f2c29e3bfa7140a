/** Of a state, 128 bits: two hashes of it (state-hash.ts), and of each the two words that its source gives. */
import type { Omission } from './lossy-store.js'
import { StateHash } from './state-hash.js'

export const FINGERPRINT_WORDS = 4
const BITS = 32 * FINGERPRINT_WORDS
/** Any two numbers; the same for all runs, as a search is resumed with fingerprints of another. */
const SEEDS = [0x5eed, 0x2b1d] as const

export class Fingerprint {
  /** Of the state that was last asked for. */
  readonly words = new Int32Array(FINGERPRINT_WORDS)
  readonly #hashes = SEEDS.map((seed) => new StateHash(seed))

  /** Sets the words to those of a state, which has at least one. */
  of(state: Int32Array): void {
    let at = 0
    for (const hash of this.#hashes) {
      hash.of(state)
      this.words[at++] = hash.first
      this.words[at++] = hash.second
    }
  }
}

/** What a search has probably missed that took states with one fingerprint for the same, and has found so many. */
export function omissionAmong(distinct: number): Omission {
  const states = (distinct * (distinct - 1)) / 2 / 2 ** BITS
  return { states, probability: -Math.expm1(-states) }
}
