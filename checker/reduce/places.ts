/**
 * Where a process is: its program counter, and where each of the calls that it is in will go on. So what follows a call is what follows it there, and not
 * whatever follows the procedure somewhere.
 */
import type { RunningProcess } from '../machine/running-process.js'

/** How a step leads on: to a step of its own frame, into a call, or back from one. */
interface Edge {
  readonly kind: 'goto' | 'call' | 'return'
  /** The program counter that it leads to; of a return 0. */
  readonly to: number
  /** Of a call: where it will go on; else 0. */
  readonly back: number
}

/** The places of one process, by numbers: 0 is for a process that has returned. */
export class Places {
  readonly #running: RunningProcess
  readonly #ids = new Map<number, number>()
  readonly #pcs = [0]
  /** The place where the innermost call will go on; 0 outside of all calls. */
  readonly #callers = [0]
  /** By program counter, and then by what tells edges apart. */
  readonly #edges: readonly Map<number, Edge>[]
  /** By place, for the edges that are known. */
  readonly #ahead = new Map<number, readonly number[]>()
  readonly #stack: number[] = []

  constructor(running: RunningProcess) {
    this.#running = running
    this.#edges = running.steps.map(() => new Map<number, Edge>())
  }

  get count(): number {
    return this.#pcs.length
  }

  pcOf(place: number): number {
    return this.#pcs[place] ?? 0
  }

  /** The place in a state. */
  at(state: Int32Array): number {
    let pc = pcIn(this.#running, state)
    if (pc === 0) return 0
    const stack = this.#stack
    stack.length = 0
    for (;;) {
      stack.push(pc)
      const caller = this.#running.steps[pc]?.frame.callerPc
      if (caller === undefined) break
      pc = ((state[caller.word] as number) >>> caller.shift) & caller.mask
    }
    let place = 0
    for (let i = stack.length - 1; i >= 0; i--) place = this.#intern(place, stack[i] as number)
    return place
  }

  /** Notes that a step has led from one state to another. True if that was not known. */
  lead(before: Int32Array, after: Int32Array): boolean {
    const from = this.at(before)
    const pc = this.pcOf(from)
    const edge = this.#edge(from, this.at(after))
    const edges = this.#edges[pc]
    const key = edge.to * 65536 + edge.back
    if (edges === undefined || edges.has(key)) return false
    edges.set(key, edge)
    this.#ahead.clear()
    return true
  }

  #edge(from: number, to: number): Edge {
    const [caller, next] = [this.#callers[from] ?? 0, this.#callers[to] ?? 0]
    if (to === caller) return { kind: 'return', to: 0, back: 0 }
    if (next === caller) return { kind: 'goto', to: this.pcOf(to), back: 0 }
    return { kind: 'call', to: this.pcOf(to), back: this.pcOf(next) }
  }

  /** The places that a step at a place has led to, there or at the same step elsewhere. */
  next(place: number): number[] {
    const caller = this.#callers[place] ?? 0
    return [...(this.#edges[this.pcOf(place)] ?? new Map<number, Edge>()).values()].map(({ kind, to, back }) => {
      if (kind === 'return') return caller
      return kind === 'goto' ? this.#intern(caller, to) : this.#intern(this.#intern(caller, back), to)
    })
  }

  /** The places that the process may yet come to, the one at hand included. */
  future(place: number): ReadonlySet<number> {
    const found = new Set([place])
    for (const at of found) for (const next of this.next(at)) found.add(next)
    return found
  }

  /** The program counters of these. */
  pcsAhead(place: number): readonly number[] {
    const known = this.#ahead.get(place)
    if (known !== undefined) return known
    const found = [...new Set([...this.future(place)].map((at) => this.pcOf(at)))]
    this.#ahead.set(place, found)
    return found
  }

  #intern(caller: number, pc: number): number {
    const key = caller * 65536 + pc
    const known = this.#ids.get(key)
    if (known !== undefined) return known
    const id = this.#pcs.push(pc) - 1
    this.#callers.push(caller)
    this.#ids.set(key, id)
    return id
  }
}

/** The program counter of a process in a state. */
export function pcIn({ pcBits: { word, shift, mask } }: RunningProcess, state: Int32Array): number {
  return ((state[word] as number) >>> shift) & mask
}
