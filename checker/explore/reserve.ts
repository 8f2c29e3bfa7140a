/**
 * Threads in reserve: each has loaded the module that finds scenarios, which takes longer than many a search, and waits until a search calls
 * for it. Those that no search has called for keep no process from ending.
 */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'

export interface WaitingThread {
  readonly worker: Worker
  readonly port: MessagePort
  /** 0 until it is called. */
  readonly gate: Int32Array<SharedArrayBuffer>
}

/** What a thread is started with; when it is called it is sent a `Call`. */
export type WorkerData = Pick<WaitingThread, 'gate' | 'port'> & {
  /** The URL of a `ScenarioModule`. */
  readonly module: string
}

export class Reserve {
  readonly #module: string
  readonly #size: number
  #waiting: readonly WaitingThread[] | undefined

  /**
   * @param module of the `ScenarioSource` of all searches that are to call for them
   * @param size how many threads
   */
  constructor(module: string, size: number) {
    this.#module = module
    this.#size = size
    this.fill()
  }

  /** Before a search: starts threads, unless those that were started last still wait. Not during one, which wants the cores for itself. */
  fill(): void {
    this.#waiting ??= startThreads(this.#module, this.#size)
  }

  /** Hands out the threads, if they have not been. */
  take(): readonly WaitingThread[] | undefined {
    const taken = this.#waiting
    this.#waiting = undefined
    return taken
  }
}

export function startThreads(module: string, size: number): WaitingThread[] {
  return Array.from({ length: size }, () => {
    const { port1, port2 } = new MessageChannel()
    const gate = new Int32Array(new SharedArrayBuffer(4))
    const workerData: WorkerData = { module, gate, port: port2 }
    const worker = new Worker(new URL('./worker-thread.js', import.meta.url), { workerData, transferList: [port2] })
    worker.unref()
    return { worker, port: port1, gate }
  })
}
