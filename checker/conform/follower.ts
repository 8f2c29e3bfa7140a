/** Follows what is seen of one run, from its beginning. */
import type { Allowed, Automaton } from './automaton.js'

export class Follower {
  readonly #automaton: Automaton
  #set: number
  /** By thread of the automaton, the actor that it stands for. */
  readonly #actors: number[] = []

  constructor(automaton: Automaton) {
    this.#automaton = automaton
    this.#set = automaton.start
  }

  /** One that goes its own way from here. */
  copy(): Follower {
    const copy = new Follower(this.#automaton)
    copy.#set = this.#set
    copy.#actors.push(...this.#actors)
    return copy
  }

  /** Equal for followers of one automaton that will go on alike. */
  get key(): string {
    const threads = this.#automaton.threadsIn(this.#set)
    return [this.#set, ...this.#actors.map((actor, thread) => (threads & (1 << thread) ? actor : ''))].join()
  }

  /** The set of states that the run may be in. */
  get set(): number {
    return this.#set
  }

  /**
   * Goes on with something that was seen.
   *
   * @param label from `Automaton.labelId`
   * @returns false where no run shows it here; then nothing has changed
   */
  see(label: number, actor: number): boolean {
    const automaton = this.#automaton
    const thread = this.threadOf(actor)
    const next = automaton.next(this.#set, label, thread)
    if (next < 0) return false
    this.#set = next
    if (automaton.threadsIn(next) & (1 << thread)) this.#actors[thread] = actor
    return true
  }

  /** The number of an actor for the automaton, in the set at hand. */
  threadOf(actor: number): number {
    const threads = this.#automaton.threadsIn(this.#set)
    for (let thread = 1; thread < this.#actors.length; thread++) {
      if (threads & (1 << thread) && this.#actors[thread] === actor) return thread
    }
    return this.#automaton.freeThread(this.#set)
  }

  /** What may be seen next, with the actor that must do it, where only one can. */
  allowed(): (Allowed & { readonly actor: number | undefined })[] {
    const threads = this.#automaton.threadsIn(this.#set)
    return this.#automaton
      .allowed(this.#set)
      .map((allowed) => ({ ...allowed, actor: threads & (1 << allowed.thread) ? this.#actors[allowed.thread] : undefined }))
  }
}
