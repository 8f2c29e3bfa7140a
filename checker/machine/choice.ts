/** Nondeterminism inside a step: `choose` answers each possibility in turn, as the engine runs the step again for each. */
import { SpecFault } from '../fault.js'
import type { Domain, Id } from '../schema/domain.js'

/** The choices of one run of a step, and the run after it: an odometer whose last digit turns fastest. */
export class Choices {
  readonly #picks: number[] = []
  readonly #arity: number[] = []
  /** How many entries of the arrays belong to the run at hand; their length is never cut, as that is slow in V8. */
  #count = 0
  #used = 0
  /** Only while a step runs. */
  #isOpen = false

  /** What was picked, in the order of the calls to `choose`: indices from 0. */
  get picks(): number[] {
    return this.#picks.slice(0, this.#count)
  }

  /** Has the run at hand, or the last one, chosen? */
  get wereMade(): boolean {
    return this.#count > 0
  }

  /** Before the first run of a step. */
  reset(): void {
    this.#count = 0
    this.rewind()
  }

  /** Before another run with the same picks. */
  rewind(): void {
    this.#used = 0
    this.#isOpen = true
  }

  /** After a run: whatever chooses before the next one, such as a property, is refused. */
  close(): void {
    this.#isOpen = false
  }

  /** Advances to the next combination; false when all have been run. */
  next(): boolean {
    this.rewind()
    for (let i = this.#count - 1; i >= 0; i--) {
      const pick = (this.#picks[i] as number) + 1
      if (pick < (this.#arity[i] as number)) {
        this.#picks[i] = pick
        this.#count = i + 1
        return true
      }
    }
    this.close()
    return false
  }

  /** One of 0..arity-1, another in each run. */
  pick(arity: number): number {
    if (!this.#isOpen) throw new SpecFault('choice', 'choose was called outside a step')
    const i = this.#used++
    if (i === this.#count) {
      this.#picks[i] = 0
      this.#arity[i] = arity
      this.#count++
    }
    if (this.#arity[i] !== arity) {
      throw new SpecFault('impure', `choose was given ${arity} possibilities, and ${this.#arity[i]} in an earlier run of the same step`)
    }
    return this.#picks[i] as number
  }
}

/** What `choose` and `guard` answer from: the system whose step is being run. */
export interface Running {
  readonly choices: Choices
  readonly sizeOf: (domain: Domain) => number
}

let running: Running | undefined

/** Makes a system the one that `choose` speaks to; answers the one that it was. */
export function setRunning(system: Running | undefined): Running | undefined {
  const before = running
  running = system
  return before
}

/**
 * One of the possibilities, every one of them explored: an element of a domain, of a list, or a number 0..n-1.
 *
 * @throws SpecFault where there is nothing to choose from; a step that may find nothing returns `blocked` before it chooses
 */
export function choose<N extends string>(from: Domain<N>): Id<N>
export function choose<T>(from: readonly T[]): T
export function choose(from: number): number
export function choose(from: Domain | readonly unknown[] | number): unknown {
  if (running === undefined) throw new SpecFault('choice', 'choose was called outside a step')
  const isList = Array.isArray(from)
  const count = typeof from === 'number' ? from : isList ? from.length : running.sizeOf(from as Domain)
  if (!(count >= 1)) throw new SpecFault('choice', `choose was given nothing to choose from (${isList ? 'an empty list' : String(count)})`)
  const pick = running.choices.pick(count)
  if (typeof from === 'number') return pick
  return isList ? from[pick] : pick + 1
}
