/** Threads that follow slots, each its own. */
import { Worker } from 'node:worker_threads'
import { cutBySlot, type Kind } from './sightings.js'
import { earlier, type Stop } from './slot-runs.js'
import type { PartialTally } from './tally.js'

/** What a thread is started with. */
export interface SlotWorkerData {
  /** Name of a `RecordedSpec`. */
  readonly spec: string
}

/** What a thread is asked: to go on, or what it has seen up to an event. */
export type Question = { readonly kinds: readonly Kind[]; readonly rows: Float64Array<ArrayBuffer> } | { readonly last: number }

/** What it answers, in order. */
export type Answer = { readonly stop: Stop | undefined } | { readonly tally: PartialTally }

/** So many questions may wait for a thread, that memory stays bounded. */
const MOST_WAITING = 4

export class SlotThreads {
  readonly #threads: readonly SlotThread[]

  constructor(spec: string, threads: number) {
    this.#threads = Array.from({ length: threads }, () => new SlotThread(spec))
  }

  /** The first stop that any of them has told of. */
  get stop(): Stop | undefined {
    return this.#threads.map(({ stop }) => stop).reduce(earlier, undefined)
  }

  /** Passes on what was seen next; waits while a thread has much to do. */
  async see(kinds: readonly Kind[], allKinds: readonly Kind[], rows: Float64Array): Promise<void> {
    const parts = cutBySlot(rows, allKinds, this.#threads.length)
    await Promise.all(this.#threads.map((thread, i) => thread.see(kinds, parts[i] ?? new Float64Array())))
  }

  /** When all is followed that was passed on: the first stop. */
  async settled(): Promise<Stop | undefined> {
    await Promise.all(this.#threads.map((thread) => thread.idle()))
    return this.stop
  }

  async tally(last: number): Promise<PartialTally[]> {
    return Promise.all(this.#threads.map((thread) => thread.tally(last)))
  }

  async end(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()))
  }
}

class SlotThread {
  readonly #worker: Worker
  /** Who waits for the answers, in order. */
  readonly #waiting: { resolve(answer: Answer): void; reject(error: unknown): void }[] = []
  #last: Promise<unknown> = Promise.resolve()
  stop: Stop | undefined

  constructor(spec: string) {
    const workerData: SlotWorkerData = { spec }
    this.#worker = new Worker(new URL('./slot-worker.js', import.meta.url), { workerData })
    this.#worker.on('message', (answer: Answer) => this.#waiting.shift()?.resolve(answer))
    this.#worker.on('error', (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error)
    })
  }

  async see(kinds: readonly Kind[], rows: Float64Array<ArrayBuffer>): Promise<void> {
    const answered = this.#ask({ kinds, rows }, [rows.buffer]).then((answer) => {
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

  #ask(question: Question, transfer: ArrayBuffer[] = []): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#worker.postMessage(question, transfer)
    })
  }
}
