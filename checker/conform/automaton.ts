/**
 * A scenario as an observer sees it, made deterministic: each of its states is a set of states that the scenario may be in after what was seen, with
 * every hidden step taken that can be taken (the subset construction, Rabin and Scott 1959). It is built as far as it is needed: what was seen once is a
 * look-up when it is seen again.
 */
import type { Observer } from './observer.js'
import { type PossibleStep, PossibleSteps, type Row } from './possible-steps.js'

/** One thing that may be seen next. */
export interface Allowed {
  readonly label: string
  /** The thread as `Automaton.next` takes it; 0 for an action. */
  readonly thread: number
  /** The steps that it may have been. */
  readonly steps: readonly string[]
}

/** More threads than that are not told apart at one time. */
export const MOST_THREADS = 15
const THREADS = MOST_THREADS + 1

interface Arrow {
  readonly rows: Row[]
  readonly steps: Set<string>
}

interface SetOfStates {
  readonly key: string
  readonly rows: readonly Row[]
  /** Bit t: some process of some state stands for thread t. */
  readonly threads: number
  /** The lowest thread that none does. */
  readonly free: number
  /** By what is seen, the states right after it. Built when it is asked for. */
  arrows: Map<number, Arrow> | undefined
  /** By what is seen, the next set. */
  readonly next: Map<number, number>
}

export class Automaton {
  readonly #possible: PossibleSteps
  readonly #maxStates: number
  readonly #labels = new Map<string, number>()
  readonly #names: string[] = []
  readonly #sets: SetOfStates[] = []
  readonly #setOf = new Map<string, number>()
  /** The set before anything was seen. */
  readonly start: number

  /**
   * @param maxStates a set of states with more is given up
   * @throws SpecFault where the scenario makes no sense
   */
  constructor(observer: Observer, maxStates = 100_000) {
    this.#possible = new PossibleSteps(observer)
    this.#maxStates = maxStates
    this.start = this.#intern(this.#possible.initial())
  }

  /** How many sets there are so far. */
  get sets(): number {
    return this.#sets.length
  }

  /** How many states a set has. */
  statesIn(set: number): number {
    return this.#at(set).rows.length
  }

  /** Tells sets of states apart, those of other automata of the same observer included. */
  keyOf(set: number): string {
    return this.#at(set).key
  }

  /** A number for a label; labels that no step has are as good as others. */
  labelId(label: string): number {
    const known = this.#labels.get(label)
    if (known !== undefined) return known
    this.#labels.set(label, this.#names.length)
    return this.#names.push(label) - 1
  }

  labelOf(id: number): string {
    return this.#names[id] ?? ''
  }

  /** Bit t: thread t may be in the middle of something. */
  threadsIn(set: number): number {
    return this.#at(set).threads
  }

  /** The number that a thread gets which is in the middle of nothing. */
  freeThread(set: number): number {
    return this.#at(set).free
  }

  /**
   * The set after something was seen, or -1 where no run of the scenario shows it here.
   *
   * @param label from `labelId`
   * @param thread one of `threadsIn`, or `freeThread`
   */
  next(set: number, label: number, thread: number): number {
    const symbol = label * THREADS + thread
    return this.#at(set).next.get(symbol) ?? this.#follow(set, symbol)
  }

  /** What may be seen next, by label and thread. */
  allowed(set: number): Allowed[] {
    const found = [...this.#arrows(set)].map(([symbol, { steps }]) => ({
      label: this.labelOf(Math.floor(symbol / THREADS)),
      thread: symbol % THREADS,
      steps: [...steps].sort(),
    }))
    return found.sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : a.thread - b.thread))
  }

  /** The steps that something seen may have been; none where it cannot be seen here. */
  stepsOf(set: number, label: number, thread: number): readonly string[] {
    const arrows = this.#arrows(set)
    const steps = [label * THREADS + thread, label * THREADS].flatMap((symbol) => [...(arrows.get(symbol)?.steps ?? [])])
    return [...new Set(steps)].sort()
  }

  #at(set: number): SetOfStates {
    const found = this.#sets[set]
    if (found === undefined) throw new RangeError(`no set ${set}; there are ${this.#sets.length}`)
    return found
  }

  #follow(set: number, symbol: number): number {
    const arrows = this.#arrows(set)
    // A step of an action may have been anybody's.
    const byAnybody = symbol - (symbol % THREADS)
    const rows = [symbol, ...(symbol === byAnybody ? [] : [byAnybody])].flatMap((s) => arrows.get(s)?.rows ?? [])
    const next = rows.length === 0 ? -1 : this.#intern(rows)
    this.#at(set).next.set(symbol, next)
    return next
  }

  #arrows(set: number): Map<number, Arrow> {
    const from = this.#at(set)
    if (from.arrows !== undefined) return from.arrows
    const arrows = new Map<number, Arrow>()
    for (const row of from.rows) {
      for (const possible of this.#possible.from(row)) {
        if (possible.label !== undefined) this.#add(arrows, from, row, possible, this.labelId(possible.label))
      }
    }
    from.arrows = arrows
    return arrows
  }

  /** Adds a step for each thread that may have taken it. */
  #add(arrows: Map<number, Arrow>, from: SetOfStates, row: Row, { step, process, to }: PossibleStep, label: number): void {
    for (const thread of process < 0 ? [0] : this.#threadsOf(from, row, process)) {
      const symbol = label * THREADS + thread
      const arrow = arrows.get(symbol) ?? { rows: [], steps: new Set() }
      arrows.set(symbol, arrow)
      arrow.rows.push(process < 0 ? to : this.#possible.bind(to, process, thread))
      arrow.steps.add(step)
    }
  }

  /** The one that the process stands for; else any, a new one included. */
  #threadsOf({ threads, free }: SetOfStates, row: Row, process: number): number[] {
    const bound = this.#possible.boundTo(row, process)
    if (bound !== 0) return [bound]
    const known = Array.from({ length: MOST_THREADS }, (_, i) => i + 1).filter((thread) => threads & (1 << thread))
    return [...known, free]
  }

  #boundIn(row: Row): number {
    let taken = 0
    for (let i = 0; i < this.#possible.processes; i++) taken |= 1 << this.#possible.boundTo(row, i)
    return taken & ~1
  }

  /** The set of some states and of what hidden steps lead to. */
  #intern(rows: readonly Row[]): number {
    const closed = this.#closure(rows)
    const key = [...closed.keys()].sort().join(';')
    const known = this.#setOf.get(key)
    if (known !== undefined) return known
    const all = [...closed.values()]
    const threads = all.reduce((taken, row) => taken | this.#boundIn(row), 0)
    this.#setOf.set(key, this.#sets.length)
    return this.#sets.push({ key, rows: all, threads, free: lowestFree(threads), arrows: undefined, next: new Map() }) - 1
  }

  #closure(rows: readonly Row[]): Map<string, Row> {
    const found = new Map<string, Row>()
    const queue = [...rows]
    for (let row = queue.pop(); row !== undefined; row = queue.pop()) {
      const key = row.join()
      if (found.has(key)) continue
      found.set(key, row)
      if (found.size > this.#maxStates)
        throw new RangeError(`more than ${this.#maxStates} states explain what was seen; fewer hidden steps would`)
      for (const { label, to } of this.#possible.from(row)) if (label === undefined) queue.push(to)
    }
    return found
  }
}

function lowestFree(threads: number): number {
  let free = 1
  while (threads & (1 << free)) free++
  if (free > MOST_THREADS) throw new RangeError(`more than ${MOST_THREADS} threads are in the middle of something`)
  return free
}
