/** A cluster in this process, as slow and as careless as a real one: whoever asks waits, and others come in between. */
import { Cluster } from '../store/cluster.js'
import type { Board, Claim, Done, Shard, Taken, Task } from '../store/shard.js'

/** How long a claim holds. */
const CLAIM_MS = 40
/** So few that a small depth has several tasks. */
const STATES_OF_TASK = 100

export class ShardsInMemory {
  readonly #shards: readonly ShardInMemory[]
  readonly #board = new BoardInMemory()
  readonly #words: number
  #explorers = 0

  constructor(count: number, words: number) {
    this.#words = words
    this.#shards = Array.from({ length: count }, (_, i) => new ShardInMemory(`shard ${i}`, words))
  }

  /** @param calls after so many, the explorer is dead: it hears no answer any more, and what it asked for last is done or not */
  async open(calls = Number.POSITIVE_INFINITY): Promise<Cluster> {
    const life = { calls, isLastHeard: calls % 2 === 0 }
    const cluster = new Cluster({
      name: 'a cluster',
      shards: this.#shards.map((shard) => mortal(shard, life)),
      board: mortal(this.#board, life),
      words: this.#words,
      statesOfTask: STATES_OF_TASK,
      explorer: `explorer_${++this.#explorers}`,
      claimMs: CLAIM_MS,
    })
    await cluster.begin()
    return cluster
  }
}

interface Life {
  /** How many calls are left. */
  calls: number
  /** Does the call after the last that is answered have its effect? */
  readonly isLastHeard: boolean
}

/** Calls go through a turn of the event loop, and end when life does. */
function mortal<T extends object>(of: T, life: Life): T {
  return new Proxy(of, {
    get(target, name) {
      const method = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        const isDead = --life.calls < 0
        if (isDead && !(life.isLastHeard && life.calls === -1)) return await new Promise(() => {})
        await new Promise((resolve) => setImmediate(resolve))
        const answer = await method.apply(target, given)
        return isDead ? await new Promise(() => {}) : answer
      }
    },
  })
}

class ShardInMemory implements Shard {
  readonly name: string
  readonly #words: number
  readonly #levels: (readonly string[])[] = []
  readonly #seen = new Set<string>()
  /** Found at each depth; the initial states first. */
  readonly #found: string[][] = []

  constructor(name: string, words: number) {
    this.name = name
    this.#words = words
  }

  async sizeOf(depth: number): Promise<number | undefined> {
    return this.#levels[depth]?.length
  }

  async add(depth: number, states: Int32Array): Promise<void> {
    if (this.#levels[depth + 1] !== undefined) return
    const found = this.#found[depth + 1] ?? []
    this.#found[depth + 1] = found
    for (let from = 0; from < states.length; from += this.#words) found.push(states.subarray(from, from + this.#words).join())
  }

  async close(depth: number): Promise<void> {
    const fresh = [...new Set(this.#found[depth + 1] ?? [])].filter((state) => !this.#seen.has(state))
    await new Promise((resolve) => setImmediate(resolve))
    if (this.#levels[depth + 1] !== undefined) return
    this.#levels[depth + 1] = fresh
    for (const state of fresh) this.#seen.add(state)
  }

  async read(depth: number, part: number): Promise<Int32Array> {
    const states = (this.#levels[depth] ?? []).slice(part * STATES_OF_TASK, (part + 1) * STATES_OF_TASK)
    return Int32Array.from(states.flatMap((state) => state.split(',').map(Number)))
  }

  async size(): Promise<number> {
    return this.#seen.size * this.#words * 4
  }

  async end(): Promise<void> {}
}

class BoardInMemory implements Board {
  readonly #claims: (Claim & { readonly until: number })[] = []
  readonly #done: (Task & Done)[] = []

  async claim(tasks: readonly Task[], explorer: string): Promise<void> {
    for (const task of tasks) this.#claims.push({ ...task, explorer, until: performance.now() + CLAIM_MS })
  }

  async note(tasks: readonly (Task & Done)[]): Promise<void> {
    this.#done.push(...tasks)
  }

  async taken(depth: number, explorer: string): Promise<Taken> {
    const now = performance.now()
    const claimed = this.#claims.filter((c) => c.explorer !== explorer && c.depth === depth && c.until > now)
    return { noted: await this.done(depth), claimed }
  }

  async done(depth: number): Promise<readonly (Task & Done)[]> {
    return this.#done.filter((d) => d.depth === depth)
  }
}
