/**
 * A hash of 96 bits of the words of a state.
 *
 * Source: Bob Jenkins, lookup3.c (2006, public domain), `hashword2`, which gives the first two of its three words.
 */

export class StateHash {
  first = 0
  second = 0
  third = 0
  readonly #seed: number

  /** @param seed another one gives another hash; any 32-bit integer */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** Sets the three words to the hash of these, of which there is at least one. */
  of(words: Int32Array): void {
    let a = (0xdeadbeef + 4 * words.length + this.#seed) | 0
    let b = a
    let c = a
    let at = 0
    for (; words.length - at > 3; at += 3) {
      a = (a + (words[at] as number)) | 0
      b = (b + (words[at + 1] as number)) | 0
      c = (c + (words[at + 2] as number)) | 0
      a = ((a - c) ^ ((c << 4) | (c >>> 28))) | 0
      c = (c + b) | 0
      b = ((b - a) ^ ((a << 6) | (a >>> 26))) | 0
      a = (a + c) | 0
      c = ((c - b) ^ ((b << 8) | (b >>> 24))) | 0
      b = (b + a) | 0
      a = ((a - c) ^ ((c << 16) | (c >>> 16))) | 0
      c = (c + b) | 0
      b = ((b - a) ^ ((a << 19) | (a >>> 13))) | 0
      a = (a + c) | 0
      c = ((c - b) ^ ((b << 4) | (b >>> 28))) | 0
      b = (b + a) | 0
    }
    const left = words.length - at
    a = (a + (words[at] as number)) | 0
    if (left > 1) b = (b + (words[at + 1] as number)) | 0
    if (left > 2) c = (c + (words[at + 2] as number)) | 0
    c = ((c ^ b) - ((b << 14) | (b >>> 18))) | 0
    a = ((a ^ c) - ((c << 11) | (c >>> 21))) | 0
    b = ((b ^ a) - ((a << 25) | (a >>> 7))) | 0
    c = ((c ^ b) - ((b << 16) | (b >>> 16))) | 0
    a = ((a ^ c) - ((c << 4) | (c >>> 28))) | 0
    b = ((b ^ a) - ((a << 14) | (a >>> 18))) | 0
    c = ((c ^ b) - ((b << 24) | (b >>> 8))) | 0
    this.first = c
    this.second = b
    this.third = a
  }
}
