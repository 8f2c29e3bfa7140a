/**
 * How explorers share a search: each depth is a number of tasks, of which an explorer claims some at a time, and notes what has come of each when all
 * successors are in their shards. When all are noted, each shard makes its next depth whole. A claim only keeps others from doing the same: it
 * ends by itself when its explorer is gone, and a task that two have done counts once.
 *
 * An explorer does not wait for what it has sent: it goes on with the next task meanwhile, whose states it has read ahead.
 */
import type { StateReader, States } from './level-database.js'
import { Outbox } from './outbox.js'
import { type Board, CLOSING, type Claim, type Done, type Shard, type Task } from './shard.js'
import { chosen, type Sized } from './task-choice.js'
import { noWork, plus, type Work } from './work.js'

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
const MOST_PAUSE = 1 / 100
/** A claim is made so many times in the time that it holds. */
const CLAIMS = 4
/** So many tasks are noted at once: servers take few large statements faster than many small ones. */
const NOTED_AT_ONCE = 4

/** A task whose states are being read. */
interface Ahead {
  readonly task: Task
  readonly states: Promise<Int32Array>
}

export class Cluster {
  readonly name: string
  /** States of each whole depth. */
  readonly sizes: number[] = []
  /** What has come of all depths before the last of them. */
  total: Done = { ...noWork, found: [] }
  /** States sent since the depth began, some of them several times. */
  waiting = 0
  readonly #parts: ClusterParts
  readonly #outbox: Outbox
  /** What this explorer is at. Before there is a depth, everyone finds the initial states. */
  #task: Task | undefined = { depth: -1, shard: 0, part: 0 }
  #ahead: Ahead[] = []
  /** Tasks that are done, and not on their way to be noted yet. */
  #finished: (Task & Done)[] = []
  /** Those that are; when their successors are in the shards. */
  #noting: readonly Task[] = []
  #noted: Promise<void> = Promise.resolve()
  /** Were there tasks besides those that were claimed last? Else what is under way may be all that a depth waits for. */
  #isMore = false
  /** Shards whose next depth this explorer makes whole. */
  #closing: readonly Task[] = []
  /** Of the time that a claim holds. */
  #pause = PAUSE
  /** Where in a depth, from 0 to 1, this explorer began the last one; and where it is, if it is anywhere. */
  #home = 0
  #at: number | undefined
  readonly #timer: ReturnType<typeof setInterval>

  constructor(parts: ClusterParts) {
    this.name = parts.name
    this.#parts = parts
    this.#outbox = new Outbox(parts.shards, parts.words)
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
    this.#outbox.add(w)
  }

  /** Sends what has become much. */
  async drain(): Promise<void> {
    await this.#outbox.drain(this.#depth)
  }

  /** Whether this explorer is at a task. */
  get isBusy(): boolean {
    return this.#task !== undefined
  }

  /** Ends the task: it is noted, with some others, when all that was found is in the shards. That is only waited for where much is under way. */
  async finish(done: Done): Promise<void> {
    const task = this.#task
    if (task === undefined) throw new Error('there is no task that could have come to an end')
    this.#finished.push({ ...task, ...done })
    this.#task = undefined
    if (this.#finished.length < NOTED_AT_ONCE) return
    await this.#noted
    this.#note()
  }

  /** Claims a task, makes depths of shards whole where that is left, and goes on to the next depth when all of them are. */
  async next(): Promise<Next> {
    if (this.#ahead.length === 0) {
      if (!this.#isMore) await this.#settle()
      const { board, explorer } = this.#parts
      const { noted, claimed } = await board.taken(this.#depth, explorer)
      const all = await this.#tasksAt(this.#depth)
      const left = without(all, noted)
      const own = [...this.#finished, ...this.#noting]
      const free = without(left, [...claimed, ...own])
      if (free.length === 0 && own.length > 0) {
        this.#isMore = false
        return await this.next()
      }
      if (left.length === 0) return await this.#close(claimed)
      if (free.length === 0) return await this.#later()
      const some = this.#someOf(all, free)
      this.#isMore = some.length < free.length
      await this.#take(some)
    }
    const ahead = this.#ahead.shift()
    if (ahead === undefined) return await this.next()
    this.#task = ahead.task
    this.#pause = PAUSE
    return this.#readerOf([() => ahead.states])
  }

  statesAt(depth: number): StateReader {
    let reader: Promise<StateReader> | undefined
    const open = async (): Promise<StateReader> =>
      this.#readerOf((await this.#tasksAt(depth)).map((task) => async () => await this.#read(task)))
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
    await this.#settle().catch(() => {})
    clearInterval(this.#timer)
    await Promise.all(this.#parts.shards.map((shard) => shard.end()))
  }

  /** The last that is whole. */
  get #depth(): number {
    return this.sizes.length - 1
  }

  /** Waits until what is under way is there, and noted. */
  async #settle(): Promise<void> {
    await this.#noted
    if (this.#finished.length > 0) this.#note()
    await this.#noted
    this.#noting = []
  }

  #note(): void {
    const tasks = this.#finished.splice(0)
    this.#noting = tasks
    this.#noted = this.#outbox.flush(this.#depth).then(() => this.#parts.board.note(tasks))
    // What fails here is heard of where it is waited for.
    this.#noted.catch(() => {})
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
    this.#at = undefined
  }

  /** Waits, a bit longer each time. */
  async #later(): Promise<'later'> {
    await new Promise((resolve) => setTimeout(resolve, this.#pause * this.#parts.claimMs))
    this.#pause = Math.min(2 * this.#pause, MOST_PAUSE)
    return 'later'
  }

  /** Goes on to the next depth, or makes it whole in the shards where nobody does. */
  async #close(claimed: readonly Claim[]): Promise<Next> {
    const { shards, explorer } = this.#parts
    const [depth, open] = [this.#depth, await this.#closings()]
    if (open.length === 0) {
      await this.#turn()
      this.#pause = PAUSE
      return 'whole'
    }
    this.#closing = without(open, claimed)
    if (this.#closing.length > 0) this.#closing = await this.#claim(this.#closing)
    if (this.#closing.length === 0) return await this.#later()
    await Promise.all(this.#closing.map(async ({ shard }) => await shards[shard]?.close(depth, explorer)))
    this.#closing = []
    return await this.next()
  }

  async #closings(): Promise<readonly Task[]> {
    const depth = this.#depth
    const sizes = await Promise.all(this.#parts.shards.map((shard) => shard.sizeOf(depth + 1)))
    return sizes.flatMap((size, shard) => (size === undefined ? [{ depth, shard, part: CLOSING }] : []))
  }

  /** Claims tasks, and reads their states meanwhile. */
  async #take(tasks: readonly Task[]): Promise<void> {
    this.#ahead = tasks.map((task) => ({ task, states: this.#read(task) }))
    for (const { states } of this.#ahead) states.catch(() => {})
    const own = new Set(await this.#claim(tasks))
    this.#ahead = this.#ahead.filter(({ task }) => own.has(task))
  }

  /** Claims tasks of the depth; answers those that no other has claimed in the same moment. Of two who have, it is left to the first by name. */
  async #claim<T extends Task>(tasks: readonly T[]): Promise<readonly T[]> {
    const { board, explorer } = this.#parts
    await board.claim(tasks, explorer)
    const { claimed } = await board.taken(this.#depth, explorer)
    return without(
      tasks,
      claimed.filter((claim) => claim.explorer < explorer),
    )
  }

  async #read({ depth, shard, part }: Task): Promise<Int32Array> {
    return (await this.#parts.shards[shard]?.read(depth, part)) ?? new Int32Array()
  }

  #someOf(all: readonly Sized[], free: readonly Sized[]): readonly Task[] {
    const some = chosen(all, new Set(free), this.#at ?? this.#home, this.#parts.statesOfTask)
    if (this.#at === undefined) this.#home = some[0]?.from ?? 0
    this.#at = some.at(-1)?.at
    return some
  }

  async #tasksAt(depth: number): Promise<readonly Sized[]> {
    const { shards, statesOfTask } = this.#parts
    const sizes = await Promise.all(shards.map((shard) => shard.sizeOf(depth)))
    const tasks = sizes.flatMap((size = 0, shard) =>
      Array.from({ length: Math.ceil(size / statesOfTask) }, (_, part) => {
        const states = Math.min(statesOfTask, size - part * statesOfTask)
        return { depth, shard, part, states, from: (part * statesOfTask) / size, at: (part * statesOfTask + states / 2) / size }
      }),
    )
    return tasks.sort((a, b) => a.at - b.at)
  }

  #readerOf(reads: readonly (() => Promise<Int32Array>)[]): StateReader {
    const left = [...reads]
    return {
      next: async () => {
        const words = await left.shift()?.()
        return words && new StateWords(words, this.#parts.words)
      },
    }
  }

  /** What fails here fails again where it is waited for. */
  #claimAgain(): void {
    const ahead = this.#ahead.map(({ task }) => task)
    const tasks = [...ahead, ...this.#finished, ...this.#noting, ...this.#closing, ...(this.#task === undefined ? [] : [this.#task])]
    if (tasks.length > 0) this.#parts.board.claim(tasks, this.#parts.explorer).catch(() => {})
  }
}

/** Within a depth. */
function nameOf({ shard, part }: Task): string {
  return `${shard} ${part}`
}

function without<T extends Task>(tasks: readonly T[], others: readonly Task[]): readonly T[] {
  const taken = new Set(others.map(nameOf))
  return tasks.filter((task) => !taken.has(nameOf(task)))
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
