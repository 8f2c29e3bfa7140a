/** The other workers of a search, seen from the first: threads that are called for, join between two depths, and report at the end. */
import { receiveMessageOnPort } from 'node:worker_threads'
import type { Crew } from '../store/crew.js'
import type { StateTree } from '../store/state-tree.js'
import type { Finding } from './findings.js'
import type { Frontier } from './frontier.js'
import { Meeting } from './meeting.js'
import type { Tally } from './profile.js'
import type { Reserve } from './reserve.js'
import { BEGUN, FAILED, READY, REPORTED, type ScenarioSource, type SharedMemory } from './shared.js'
import { startThreads, type WaitingThread } from './threads.js'

/** What a worker has to say at the end. */
export interface WorkerReport {
  readonly findings: readonly Finding[]
  /** How often each step fired; in a search that was stopped before it found anything, in its whole depths. */
  readonly coverage: Float64Array
  readonly notFound: readonly string[]
  readonly neverViolated: readonly string[]
  /** Where the search is profiled. */
  readonly tally?: Tally | undefined
}

/** How many workers there are to be, the first included, and what they search. */
interface Called {
  readonly count: number
  readonly source: ScenarioSource
  /** Threads that were started before. */
  readonly reserve?: Reserve | undefined
  /** Does the search keep one state of each orbit? */
  readonly symmetry: boolean
  readonly profile: boolean
}

/** What a thread is sent when it is called; before it begins it is sent the `SharedMemory`. */
export interface Call {
  /** Of the `ScenarioSource`. */
  readonly argument: unknown
  readonly symmetry: boolean
  readonly profile: boolean
  readonly flags: SharedMemory['flags']
  readonly size: number
  readonly index: number
}

/** What a thread says on its port. */
export type WorkerMessage = { readonly report: WorkerReport } | { readonly failed: string }

/** How long the first worker waits before it looks whether a thread has failed. */
const NAP_MS = 100

export class WorkerThreads {
  readonly #size: number
  readonly #flags: SharedMemory['flags']
  readonly #threads: readonly WaitingThread[]
  #crew: Crew | undefined

  /** Calls the threads. */
  constructor({ count, source, reserve, symmetry, profile }: Called, flags: SharedMemory['flags']) {
    this.#size = count
    this.#flags = flags
    this.#threads = (reserve?.take() as readonly WaitingThread[] | undefined) ?? startThreads(source.module, count - 1)
    for (const [i, { worker, port, gate }] of this.#threads.entries()) {
      const call: Call = { argument: source.argument, symmetry, profile, flags, size: count, index: i + 1 }
      worker.ref()
      port.postMessage(call)
      Atomics.store(gate, 0, 1)
      Atomics.notify(gate, 0)
    }
  }

  /** Are all of them there, and have not begun? */
  get areWaiting(): boolean {
    this.#refuseFailure()
    return this.#crew === undefined && Atomics.load(this.#flags, READY) === this.#size - 1
  }

  /**
   * Between two depths, when the threads are waiting: lets them begin, if sharing the store leaves it within its budget. Answers the crew
   * that they and the first worker are then.
   *
   * @param store the first worker's
   */
  join(store: StateTree, frontier: Frontier, memory: SharedMemory): Crew | undefined {
    if (store.bytes + store.sharing > memory.maxBytes) return undefined
    store.share()
    this.#crew = new Meeting(memory.meeting, this.#size, 0)
    for (const { port } of this.#threads) port.postMessage(memory)
    Atomics.store(this.#flags, BEGUN, 1 + frontier.turned)
    Atomics.notify(this.#flags, BEGUN)
    return this.#crew
  }

  /** What the threads found, when all have stopped; nothing of threads that never began. */
  reports(): WorkerReport[] {
    if (this.#crew === undefined) return []
    const flags = this.#flags
    for (let n = Atomics.load(flags, REPORTED); n < this.#size - 1; n = Atomics.load(flags, REPORTED)) {
      this.#refuseFailure()
      Atomics.wait(flags, REPORTED, n, NAP_MS)
    }
    return this.#messages().flatMap((m) => ('report' in m ? [m.report] : []))
  }

  dismiss(): void {
    for (const { worker, port } of this.#threads) {
      void worker.terminate()
      port.close()
    }
  }

  #refuseFailure(): void {
    if (Atomics.load(this.#flags, FAILED) === 0) return
    const failed = this.#messages().flatMap((m) => ('failed' in m ? [m.failed] : []))
    throw new Error(`a worker failed: ${failed[0] ?? 'without a word'}`)
  }

  #messages(): WorkerMessage[] {
    return this.#threads.flatMap(({ port }) => {
      const received = receiveMessageOnPort(port)
      return received === undefined ? [] : [received.message as WorkerMessage]
    })
  }
}
