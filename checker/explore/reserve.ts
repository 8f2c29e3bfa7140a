/**
 * Threads in reserve: each has loaded the module that finds scenarios, which takes longer than many a search, and waits until a search calls
 * for it. Those that no search has called for keep no process from ending.
 */
import { startThreads } from './threads.js'

export class Reserve {
  readonly #module: string
  readonly #size: number
  #waiting: readonly object[] | undefined

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

  /** Hands out the threads (`WaitingThread`), if they have not been. Their type is not said here: users of the library need no types of Node. */
  take(): readonly object[] | undefined {
    const taken = this.#waiting
    this.#waiting = undefined
    return taken
  }
}
