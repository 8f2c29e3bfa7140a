/**
 * Partial-order reduction by ample sets (Clarke, Grumberg and Peled, "Model Checking", chapter 10): where the next step of one process touches
 * nothing that any other step to come touches, only that step is taken; its order among the others does not matter.
 *
 * - C0, C1: the process can move, and nothing that its step reads or writes is written, and nothing that it writes is read, by an action
 *   or by a step that another process may yet come to.
 * - C2: it writes nothing that a property has read.
 * - C3: it does not close a loop of its process (lead back, or stay, in code that it may come to again). Every cycle of states has such a
 *   step of each process that moves in it, so in every cycle some state is expanded whole.
 *
 * What steps touch is what they have been seen to touch (`Footprints`). When more is seen, what was left out may have been left out wrongly,
 * and the search starts again: in the last pass, nothing was touched that was not known before it began (checker/adr/0014).
 */
import type { System } from '../machine/system.js'
import { type Footprint, Footprints } from './footprints.js'
import type { Places } from './places.js'

export class Ample {
  readonly footprints: Footprints
  /** Bits that the properties have read. */
  readonly watched: Int32Array<SharedArrayBuffer>
  /** Answers so far, for the footprints of `#version`. */
  readonly #answers = new Map<number, boolean>()
  #version = -1
  /** What was known when the pass began. */
  #begunVersion = -1
  #begunWatched: Int32Array
  /** By process: its place in the state that is expanded. */
  readonly #at: number[] = []
  /** By process: an order of its places, fixed for the pass. */
  #ranks: readonly ReadonlyMap<number, number>[] = []
  /** Off in a pass that only looks. */
  #isOn = false

  constructor(system: System) {
    this.footprints = new Footprints(system)
    this.watched = new Int32Array(new SharedArrayBuffer(4 * system.words))
    this.#begunWatched = this.watched.slice()
  }

  /** Before a pass of the search that leaves something out. */
  begin(): void {
    this.#isOn = true
    this.#answers.clear()
    this.#ranks = this.footprints.places.map(ranksOf)
    this.#begunVersion = this.footprints.version
    this.#begunWatched = this.watched.slice()
  }

  /** Was nothing seen in the pass that was not known when it began? */
  get isSettled(): boolean {
    return this.#begunVersion === this.footprints.version && this.watched.every((bits, i) => bits === this.#begunWatched[i])
  }

  /**
   * The first process whose next step is enough, or -1.
   *
   * @param state the state to expand
   * @param canMove whether a process has a step that is enabled, and that was learned
   */
  choose(state: Int32Array, canMove: (process: number) => boolean): number {
    if (!this.#isOn) return -1
    if (this.#version !== this.footprints.version) this.#answers.clear()
    this.#version = this.footprints.version
    const { places } = this.footprints
    for (const [process, of] of places.entries()) this.#at[process] = of.at(state)
    return places.findIndex((_, process) => canMove(process) && this.#isEnough(process))
  }

  #isEnough(process: number): boolean {
    const place = this.#at[process] as number
    if (place === 0 || !this.#isFree(process, place, -1, 0)) return false
    return this.#at.every((of, other) => other === process || this.#isFree(process, place, other, of))
  }

  /** Is a process's step free of what another process may yet do, or, for another of -1, of actions, properties and loops? */
  #isFree(process: number, place: number, other: number, placeOfOther: number): boolean {
    const pc = this.footprints.places[process]?.pcOf(place) ?? 0
    const key = other === -1 ? process * 2 ** 22 + place : ((process * 64 + other + 64) * 4096 + pc) * 2 ** 22 + placeOfOther
    const known = this.#answers.get(key)
    if (known !== undefined) return known
    const own = this.footprints.of(process, pc)
    const answer =
      other === -1
        ? !conflict(own, this.footprints.ofActions) && !meet(own.writes, this.watched) && !this.#closesLoop(process, place)
        : (this.footprints.places[other]?.pcsAhead(placeOfOther) ?? []).every((at) => !conflict(own, this.footprints.of(other, at)))
    this.#answers.set(key, answer)
    return answer
  }

  #closesLoop(process: number, place: number): boolean {
    const [places, ranks] = [this.footprints.places[process], this.#ranks[process]]
    if (places === undefined) return true
    const rankOf = (at: number): number => ranks?.get(at) ?? 0
    return places.next(place).some((to) => rankOf(to) <= rankOf(place) && places.future(to).has(place))
  }
}

/** Places in the order of a depth-first search from behind: an edge leads back in it only where it closes a loop of the search. */
function ranksOf(places: Places): ReadonlyMap<number, number> {
  const left: number[] = []
  const entered = new Set<number>([0])
  for (let start = 1; start < places.count; start++) {
    if (entered.has(start)) continue
    entered.add(start)
    const path = [{ place: start, rest: places.next(start) }]
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = top.rest.pop()
      if (to === undefined) left.push((path.pop() ?? top).place)
      else if (!entered.has(to)) {
        entered.add(to)
        path.push({ place: to, rest: places.next(to) })
      }
    }
  }
  return new Map(left.map((place, i) => [place, left.length - i]))
}

function conflict(a: Footprint, b: Footprint): boolean {
  return meet(a.writes, b.writes) || meet(a.writes, b.reads) || meet(a.reads, b.writes)
}

function meet(a: Int32Array, b: Int32Array): boolean {
  return a.some((bits, word) => (bits & (b[word] as number)) !== 0)
}
