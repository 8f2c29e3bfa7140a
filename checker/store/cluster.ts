/**
 * How explorers share a search: each depth is a number of tasks, of which an explorer claims one at a time, and notes what has come of it when all
 * successors are in their shards. When all are noted, each shard makes its next depth whole. A claim only keeps others from doing the same: it
 * ends by itself when its explorer is gone, and a task that two have done counts once.
 */
import type { StateReader, States } from './level-database.js'
import { type Board, CLOSING, type Done, type Shard, type Task } from './shard.js'
import { StateHash } from './state-hash.js'
import { noWork, plus, type Work } from './work.js'

/** Successors go to their shard when there are so many words of them, and at the end of the task. */
const WORDS_SENT = 1 << 20
/** Of the hash that says where a state is; all explorers have the same. */
const SEED = 0x5eed

export interface ClusterParts {
  readonly name: string
  /** In the same order for all explorers. */
  readonly shards: readonly Shard[]
  readonly board: Board
  /** Of a state. */
  readonly words: number
  /** So many are a task, the last of a depth and shard aside; the same for all explorers. */
  readonly statesOfTask: number
  /** Unlike any other; letters, digits and underscores. */
  readonly explorer: string
  /** How long others may believe that this explorer is at a task, before it says so again. */
  readonly claimMs: number
}

/** `whole` where the next depth is; `later` where all tasks are others'; else some states of this one are to be expanded. */
export type Next = StateReader | 'whole' | 'later'

/** How long to wait where all tasks are others': first, and at most, of the time that a claim holds. */
const PAUSE = 1 / 250
const MOST_PAUSE = 1 / 25
/** A claim is made so many times in the time that it holds. */
const CLAIMS = 4

export class Cluster {
  readonly name: string
  /** States of each whole depth. */
  readonly sizes: number[] = []
  /** What has come of all depths before the last of them. */
  total: Done = { ...noWork, found: [] }
  /** States sent since the depth began, some of them several times. */
  waiting = 0
  readonly #parts: ClusterParts
  readonly #buffers: readonly WordBuffer[]
  readonly #hash = new StateHash(SEED)
  /** What this explorer is at. Before there is a depth, everyone finds the initial states. */
  #task: Task | undefined = { depth: -1, shard: 0, part: 0 }
  /** Of the time that a claim holds. */
  #pause = PAUSE
  readonly #timer: ReturnType<typeof setInterval>

  constructor(parts: ClusterParts) {
    this.name = parts.name
    this.#parts = parts
    this.#buffers = parts.shards.map(() => new WordBuffer(parts.words))
    this.#timer = setInterval(() => this.#claimAgain(), parts.claimMs / CLAIMS)
    this.#timer.unref()
  }

  /** Goes to the last depth that is whole. */
  async begin(): Promise<void> {
    while (await this.#isWhole(this.sizes.length)) await this.#turn()
    if (this.sizes.length > 0) this.#task = undefined
  }

  /** Takes the state in `w` as one of the next depth, unless it has been found before. */
  find(w: Int32Array): void {
    this.waiting++
    this.#hash.of(w)
    this.#buffers[(this.#hash.first >>> 0) % this.#buffers.length]?.add(w)
  }

  /** Sends what has become much. */
  async drain(): Promise<void> {
    if (this.#buffers.some(({ length }) => length > WORDS_SENT)) await this.#send()
  }

  /** Whether this explorer is at a task. */
  get isBusy(): boolean {
    return this.#task !== undefined
  }

  /** Ends the task: all that was found is in the shards when this comes back. */
  async finish(done: Done): Promise<void> {
    if (this.#task === undefined) throw new Error('there is no task that could have come to an end')
    await this.#send()
    await this.#parts.board.note(this.#task, done)
    this.#task = undefined
  }

  /** Claims a task, makes depths of shards whole where that is left, and goes on to the next depth when all of them are. */
  async next(): Promise<Next> {
    const depth = this.sizes.length - 1
    if (await this.#isWhole(depth + 1)) {
      await this.#turn()
      this.#pause = PAUSE
      return 'whole'
    }
    const task = await this.#free(depth)
    if (task === undefined) {
      await new Promise((resolve) => setTimeout(resolve, this.#pause * this.#parts.claimMs))
      this.#pause = Math.min(2 * this.#pause, MOST_PAUSE)
      return 'later'
    }
    this.#pause = PAUSE
    this.#task = task
    await this.#parts.board.claim(task, this.#parts.explorer)
    if (task.part !== CLOSING) return this.#readerOf([task])
    await this.#parts.shards[task.shard]?.close(depth, this.#parts.explorer)
    this.#task = undefined
    return 'later'
  }

  statesAt(depth: number): StateReader {
    const shards = this.#parts.shards.map((_, shard) => shard)
    let reader: Promise<StateReader> | undefined
    const open = async (): Promise<StateReader> =>
      this.#readerOf((await Promise.all(shards.map((shard) => this.#tasksOf(depth, shard)))).flat())
    return {
      next: async () => {
        reader ??= open()
        return await (await reader).next()
      },
    }
  }

  async size(): Promise<number> {
    const sizes = await Promise.all(this.#parts.shards.map((shard) => shard.size()))
    return sizes.reduce((sum, size) => sum + size, 0)
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#parts.shards.map((shard) => shard.end()))
  }

  async #isWhole(depth: number): Promise<boolean> {
    const sizes = await Promise.all(this.#parts.shards.map((shard) => shard.sizeOf(depth)))
    return sizes.every((size) => size !== undefined)
  }

  /** Goes on to a depth that is whole: the sums are those of one who did it, of each task. */
  async #turn(): Promise<void> {
    const depth = this.sizes.length - 1
    const sizes = await Promise.all(this.#parts.shards.map(async (shard) => (await shard.sizeOf(depth + 1)) ?? 0))
    const found = new Set(this.total.found)
    const tasks = new Set<string>()
    let work: Work = this.total
    for (const done of await this.#parts.board.done(depth)) {
      const isAgain = tasks.has(nameOf(done))
      tasks.add(nameOf(done))
      for (const text of done.found) found.add(text)
      work = plus(work, isAgain ? { ...done, generated: 0, coverage: [] } : done)
    }
    this.total = { ...work, found: [...found] }
    this.sizes.push(sizes.reduce((sum, size) => sum + size, 0))
    this.waiting = 0
  }

  /** A task that is left, and nobody is at. */
  async #free(depth: number): Promise<Task | undefined> {
    const { board, shards, explorer } = this.#parts
    const [noted, claimed] = await Promise.all([board.noted(depth), board.claimed(depth, explorer)])
    const all = (await Promise.all(shards.map((_, shard) => this.#tasksOf(depth, shard)))).flat()
    const left = without(all, noted)
    const free = without(left.length > 0 ? left : await this.#closings(depth), claimed)
    return free[this.#first(free.length)]
  }

  async #closings(depth: number): Promise<readonly Task[]> {
    const { shards } = this.#parts
    const sizes = await Promise.all(shards.map((shard) => shard.sizeOf(depth + 1)))
    return sizes.flatMap((size, shard) => (size === undefined ? [{ depth, shard, part: CLOSING }] : []))
  }

  /** Which of several tasks is first; explorers begin at different ones. */
  #first(count: number): number {
    let sum = 0
    for (const letter of this.#parts.explorer) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0
    return sum % Math.max(1, count)
  }

  async #tasksOf(depth: number, shard: number): Promise<readonly Task[]> {
    const size = (await this.#parts.shards[shard]?.sizeOf(depth)) ?? 0
    return Array.from({ length: Math.ceil(size / this.#parts.statesOfTask) }, (_, part) => ({ depth, shard, part }))
  }

  #readerOf(tasks: readonly Task[]): StateReader {
    const left = [...tasks]
    return {
      next: async () => {
        const task = left.shift()
        if (task === undefined) return undefined
        const words = await this.#parts.shards[task.shard]?.read(task.depth, task.part)
        return new StateWords(words ?? new Int32Array(), this.#parts.words)
      },
    }
  }

  async #send(): Promise<void> {
    const depth = this.sizes.length - 1
    await Promise.all(
      this.#parts.shards.map(async (shard, i) => {
        const words = this.#buffers[i]?.take()
        if (words !== undefined && words.length > 0) await shard.add(depth, words)
      }),
    )
  }

  /** What fails here fails again where it is waited for. */
  #claimAgain(): void {
    if (this.#task !== undefined) this.#parts.board.claim(this.#task, this.#parts.explorer).catch(() => {})
  }
}

/** Within a depth. */
function nameOf({ shard, part }: Task): string {
  return `${shard} ${part}`
}

function without(tasks: readonly Task[], others: readonly Task[]): readonly Task[] {
  const taken = new Set(others.map(nameOf))
  return tasks.filter((task) => !taken.has(nameOf(task)))
}

/** Words of states on their way. */
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

class StateWords implements States {
  readonly count: number
  readonly #all: Int32Array
  readonly #words: number

  constructor(all: Int32Array, words: number) {
    this.#all = all
    this.#words = words
    this.count = all.length / words
  }

  read(index: number, into: Int32Array, and: Int32Array): void {
    const from = index * this.#words
    for (let i = 0; i < this.#words; i++) {
      const word = this.#all[from + i] as number
      into[i] = word
      and[i] = word
    }
  }
}
