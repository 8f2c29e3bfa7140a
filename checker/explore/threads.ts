/** Threads that wait until a search calls for them. */
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

/** Those that no search has called for keep no process from ending. */
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
