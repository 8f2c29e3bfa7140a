/**
 * Threads that read parts of a recording, in turns, and follow slots, each its own. What a thread has read comes back cut by slot, and is passed on in the
 * order of the recording.
 */
import { Worker } from 'node:worker_threads'
import type { Bytes } from '../recording/chunks.js'
import type { Refusal } from '../refusal.js'
import { Account, type PackedPart } from './account.js'
import type { Followers } from './followers.js'
import type { Rows, Sighted } from './sightings.js'
import { earlier, type Stop } from './slot-runs.js'
import type { PartialTally } from './tally.js'

/** What a thread is started with. */
export interface SlotWorkerData {
  /** Name of a `RecordedSpec`. */
  readonly spec: string
  /** How many threads follow slots. */
  readonly followers: number
}

/** What a thread is asked: to read a part, to follow its slots in one, or what it has seen up to an event. */
export type Question = { readonly part: Bytes } | Sighted | { readonly last: number }

/** What it answers, in order. */
export type Answer = { readonly packed: PackedPart } | { readonly stop: Stop | undefined } | { readonly tally: PartialTally }

/** So many parts of each thread are on their way, and so many questions may wait for one, that memory stays bounded. */
const [MOST_PARTS, MOST_WAITING] = [2, 8]

export class SlotThreads implements Followers {
  readonly #threads: readonly SlotThread[]
  readonly #account: Account
  /** Who has read the next part. */
  #source = 0
  /** Parts that are not passed on yet, the oldest first. */
  readonly #underWay: Promise<void>[] = []

  constructor(file: string, spec: string, threads: number) {
    this.#threads = Array.from({ length: threads }, () => new SlotThread({ spec, followers: threads }))
    this.#account = new Account(file)
  }

  get events(): number {
    return this.#account.events
  }

  get held(): number {
    return this.#account.held
  }

  get stop(): Stop | undefined {
    return this.#threads.map(({ stop }) => stop).reduce(earlier, undefined)
  }

  get refusal(): Refusal | undefined {
    return this.#account.refusal
  }

  async take(bytes: Bytes): Promise<void> {
    const source = this.#source
    this.#source = (source + 1) % this.#threads.length
    const packed = this.#threads[source]?.pack(bytes)
    if (packed === undefined) return
    const before = this.#underWay.at(-1)
    const passed = Promise.all([packed, before]).then(([part]) => this.#pass(source, part))
    // Told to who waits for it.
    passed.catch(() => undefined)
    this.#underWay.push(passed)
    if (this.#underWay.length > MOST_PARTS * this.#threads.length) await this.#underWay.shift()
  }

  async settle(isWhole: boolean): Promise<void> {
    await Promise.all(this.#underWay)
    await Promise.all(this.#threads.map((thread) => thread.idle()))
    if (isWhole && this.refusal === undefined) this.#account.end()
  }

  async tally(last: number): Promise<PartialTally[]> {
    return Promise.all(this.#threads.map((thread) => thread.tally(last)))
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }

  async #pass(source: number, part: PackedPart): Promise<void> {
    if (this.refusal !== undefined) return
    const held = this.#account.see(part)
    if (held === undefined) return
    const { kinds, rows } = part
    await Promise.all(this.#threads.map((thread, i) => thread.see({ source, kinds, rows: rows[i] as Rows, held })))
  }
}

class SlotThread {
  readonly #worker: Worker
  /** Who waits for the answers, in order. */
  readonly #waiting: { resolve(answer: Answer): void; reject(error: unknown): void }[] = []
  #last: Promise<unknown> = Promise.resolve()
  stop: Stop | undefined

  constructor(workerData: SlotWorkerData) {
    this.#worker = new Worker(new URL('./slot-worker.js', import.meta.url), { workerData })
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer))
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    })
  }

  async pack(part: Bytes): Promise<PackedPart> {
    const answer = await this.#ask({ part }, part.buffer)
    if ('packed' in answer) return answer.packed
    throw new Error('a thread did not read what it was given')
  }

  /** Waits while the thread has much to do. */
  async see(sighted: Sighted): Promise<void> {
    const answered = this.#ask(sighted, sighted.rows.buffer).then((answer) => {
      if ('stop' in answer) this.stop = answer.stop
    })
    this.#last = answered
    // Told to who waits for the last one.
    answered.catch(() => undefined)
    if (this.#waiting.length >= MOST_WAITING) await answered
  }

  async idle(): Promise<void> {
    await this.#last
  }

  async tally(last: number): Promise<PartialTally> {
    const answer = await this.#ask({ last })
    if ('tally' in answer) return answer.tally
    throw new Error('a thread did not answer what it was asked')
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
  }

  #ask(question: Question, ...transfer: ArrayBuffer[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(question, transfer)
    })
  }
}
