/**
 * The states that wait to be expanded, as blocks of ids in shared memory: workers take some blocks at once, of what one worker has found in a
 * row, as neighbours have successors in common. What they find goes into the frontier of the next depth, which takes this one's place when
 * all of them are done.
 */

/** Words of the control block: how many blocks, how many of them are taken; how many the next depth has; how many were put back. */
const BLOCKS = 0
const TAKEN = 1
const NEXT_BLOCKS = 2
const PUT_BACK = 3
const CONTROL_WORDS = 4
/** A block has at most so many states. */
export const BLOCK = 128
/** A worker takes so many blocks at once, but no more than this part of those that are left. */
const MOST_TAKEN = 32
const PART_TAKEN = 1 / 8

export interface FrontierMemory {
  readonly control: Int32Array<SharedArrayBuffer>
  /** Two lists of blocks, each from its first id to the one after its last; they take turns. */
  readonly lists: readonly [Int32Array<SharedArrayBuffer>, Int32Array<SharedArrayBuffer>]
}

/** @param states how many the frontier can hold, at least */
export function frontierMemory(states: number): FrontierMemory {
  const list = () => new Int32Array(new SharedArrayBuffer(4 * Math.max(1 << 12, states >>> 4)))
  return { control: new Int32Array(new SharedArrayBuffer(4 * CONTROL_WORDS)), lists: [list(), list()] }
}

export class Frontier {
  /** What is left of the block that was taken last; whoever expands a state moves `from` on. */
  from = 0
  to = 0
  /** What is left of the blocks that were taken last. */
  #block = 0
  #end = 0
  #memory: FrontierMemory
  /** Which of the lists is the frontier. */
  #turn: number

  /** @param turn of the frontier of another worker, to be one with */
  constructor(memory: FrontierMemory, turn = 0) {
    this.#memory = memory
    this.#turn = turn
  }

  get turned(): number {
    return this.#turn
  }

  /** Moves to a larger memory; only while there are no other workers. */
  moveTo(memory: FrontierMemory): void {
    memory.control.set(this.#memory.control)
    memory.lists.forEach((list, i) => {
      list.set(this.#memory.lists[i] ?? [])
    })
    this.#memory = memory
  }

  /** Takes a block, unless something is left of the last one; false when none is left. */
  take(): boolean {
    if (this.from < this.to) return true
    if (this.#block === this.#end && !this.#takeBlocks()) return false
    const list = this.#memory.lists[this.#turn & 1] as Int32Array
    const block = this.#block++
    this.from = list[2 * block] as number
    this.to = list[2 * block + 1] as number
    return true
  }

  #takeBlocks(): boolean {
    const { control } = this.#memory
    const blocks = control[BLOCKS] as number
    const left = blocks - Atomics.load(control, TAKEN)
    const count = Math.min(MOST_TAKEN, Math.max(1, Math.floor(left * PART_TAKEN)))
    const first = Atomics.add(control, TAKEN, count)
    this.#block = Math.min(first, blocks)
    this.#end = Math.min(first + count, blocks)
    return this.#block < this.#end
  }

  /** Adds ranges of ids, first and one after the last, to the next depth. */
  add(ranges: ArrayLike<number>): void {
    for (let i = 0; i < ranges.length; i += 2) {
      for (let from = ranges[i] as number; from < (ranges[i + 1] as number); from += BLOCK) {
        const block = Atomics.add(this.#memory.control, NEXT_BLOCKS, 1)
        const list = this.#memory.lists[(this.#turn + 1) & 1] as Int32Array
        list[2 * block] = from
        list[2 * block + 1] = Math.min(from + BLOCK, ranges[i + 1] as number)
      }
    }
  }

  /** Puts back what this worker has taken and not expanded; when none takes any more. */
  putBack(): void {
    const list = this.#memory.lists[this.#turn & 1] as Int32Array
    this.#append(list, this.from, this.to)
    for (; this.#block < this.#end; this.#block++) {
      this.#append(list, list[2 * this.#block] as number, list[2 * this.#block + 1] as number)
    }
    this.from = this.to
  }

  #append(list: Int32Array, from: number, to: number): void {
    if (from >= to) return
    const { control } = this.#memory
    const block = (control[BLOCKS] as number) + Atomics.add(control, PUT_BACK, 1)
    list[2 * block] = from
    list[2 * block + 1] = to
  }

  /** The blocks that nobody has expanded, when all workers have put back what they had; the frontier has none after that. */
  takeRest(): Int32Array {
    const { control } = this.#memory
    const [blocks, putBack] = [control[BLOCKS] as number, control[PUT_BACK] as number]
    const from = Math.min(blocks, control[TAKEN] as number)
    control[TAKEN] = blocks
    control[PUT_BACK] = 0
    return (this.#memory.lists[this.#turn & 1] as Int32Array).slice(2 * from, 2 * (blocks + putBack))
  }

  /** The blocks of the next depth, which has none after that. */
  takeNext(): Int32Array {
    const { control } = this.#memory
    const next = control[NEXT_BLOCKS] as number
    control[NEXT_BLOCKS] = 0
    return (this.#memory.lists[(this.#turn + 1) & 1] as Int32Array).slice(0, 2 * next)
  }

  /** How many blocks the frontier and the next depth can have. */
  get capacity(): number {
    return this.#memory.lists[0].length / 2
  }

  /** Makes the next depth the frontier. Every worker does it, between two meetings; `isFirst` for one of them. */
  turn(isFirst: boolean): void {
    this.#turn++
    if (!isFirst) return
    const { control } = this.#memory
    control[BLOCKS] = control[NEXT_BLOCKS] as number
    control[TAKEN] = 0
    control[NEXT_BLOCKS] = 0
  }

  /** The blocks of the frontier. */
  get blocks(): Int32Array {
    const count = this.#memory.control[BLOCKS] as number
    return (this.#memory.lists[this.#turn & 1] as Int32Array).subarray(0, 2 * count)
  }
}
