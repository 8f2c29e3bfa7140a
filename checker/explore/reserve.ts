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
  #waiting: readonly WaitingThread[]

  /**
   * @param module of the `ScenarioSource` of all searches that are to call for them
   * @param size how many threads
   */
  constructor(module: string, size: number) {
    this.#module = module
    this.#size = size
    this.#waiting = startThreads(module, size)
  }

  /** Hands out the threads, and starts others in their place. */
  take(): readonly WaitingThread[] {
    const taken = this.#waiting
    this.#waiting = startThreads(this.#module, this.#size)
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
