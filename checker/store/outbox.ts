/** Successors on their way to the shards that they fall to, while the search goes on. */
import type { Shard } from './shard.js'
import { StateHash } from './state-hash.js'

/** They go when there are so many words of them for a shard, and at the end of a task. */
const WORDS_SENT = 1 << 20
/** Of the hash that says where a state is; all explorers have the same. */
const SEED = 0x5eed

export class Outbox {
  readonly #shards: readonly Shard[]
  readonly #buffers: readonly WordBuffer[]
  readonly #hash = new StateHash(SEED)
  #underWay: Promise<unknown>[] = []

  /** @param words of a state */
  constructor(shards: readonly Shard[], words: number) {
    this.#shards = shards
    this.#buffers = shards.map(() => new WordBuffer(words))
  }

  add(w: Int32Array): void {
    this.#hash.of(w)
    this.#buffers[(this.#hash.first >>> 0) % this.#buffers.length]?.add(w)
  }

  /** Sends what has become much, when what was sent before is there. */
  async drain(depth: number): Promise<void> {
    if (!this.#buffers.some(({ length }) => length > WORDS_SENT)) return
    await Promise.all(this.#underWay)
    this.#send(depth)
  }

  /** Sends all; comes back when the shards have it, and what was sent before. */
  async flush(depth: number): Promise<void> {
    this.#send(depth)
    await Promise.all(this.#underWay.splice(0))
  }

  #send(depth: number): void {
    for (const [i, shard] of this.#shards.entries()) {
      const words = this.#buffers[i]?.take()
      if (words === undefined || words.length === 0) continue
      const sent = shard.add(depth, words)
      // What fails here is heard of where it is waited for.
      sent.catch(() => {})
      this.#underWay.push(sent)
    }
  }
}

class WordBuffer {
  length = 0
  #words: Int32Array

  constructor(words: number) {
    this.#words = new Int32Array(words * 64)
  }

  add(w: Int32Array): void {
    if (this.length + w.length > this.#words.length) {
      const larger = new Int32Array(2 * this.#words.length)
      larger.set(this.#words)
      this.#words = larger
    }
    for (let i = 0; i < w.length; i++) this.#words[this.length++] = w[i] as number
  }

  take(): Int32Array {
    const taken = this.#words.slice(0, this.length)
    this.length = 0
    return taken
  }
}
