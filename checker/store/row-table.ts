/**
 * A table of rows of two or four words, each row once, in shared memory: the rows in the order of their ids, and an open-addressing index
 * of the ids (linear probing, enlarged in place when it is too full). A word of the index holds id + 1 in its low bits and bits of the
 * hash above, so that most probes of another row end without reading it. A short index quadruples; a long one doubles,
 * and takes 4.3 to 8.7 bytes for a row.
 *
 * Several workers may insert at once: a row is written before its index entry is swapped in, ids come in blocks that belong to one
 * worker, and growing is done by all of them together.
 *
 * Hash: multiply and xor-shift, finished as in MurmurHash3's fmix32 (Appleby).
 */
import { alone, type Crew } from './crew.js'
import { StoreFull } from './store.js'

/** Length of an index at first. */
const FIRST_LENGTH = 1 << 12
/** From this length on an index is filled further, and doubles. */
const LONG = 1 << 20
/** Its length at least, where it is shared: each worker goes on for a while when it is full, with ids of its own. */
const SHARED_LENGTH = 1 << 18
/** Ids that a worker takes at once. */
const BLOCK = 128
/** Entries of the index whose rows are read together when it grows, so that the misses of the caches overlap. */
const BATCH = 256

/** Words of a row that waits (row-queue.ts): its hash, its words, whether it is asked for. */
export const WAITING_WORDS = 8

/** Words of the control block. */
const NEXT = 0
const LENGTH = 1
const GROW = 2
const CONTROL_WORDS = 4

/** The memory of a table: what its workers share. Buffers, as arrays over more than 4 GB cannot be sent to a thread. */
export interface RowMemory {
  /** Words of a row. */
  readonly width: 2 | 4
  readonly rows: SharedArrayBuffer
  readonly index: SharedArrayBuffer
  readonly control: SharedArrayBuffer
}

/**
 * @param capacity how many rows at most; a power of two. What is never touched costs no memory.
 * @throws RangeError where there is not enough address space
 */
export function rowMemory(width: 2 | 4, capacity: number): RowMemory {
  const buffer = (words: number) => new SharedArrayBuffer(4 * words)
  const memory = { width, rows: buffer(width * capacity), index: buffer(capacity), control: buffer(CONTROL_WORDS) }
  new Int32Array(memory.control)[LENGTH] = FIRST_LENGTH
  return memory
}

/** How many rows a memory is for. */
export function rowCapacity({ index }: RowMemory): number {
  return index.byteLength / 4
}

/** How many rows an index of this length takes: of a long one more, as there memory counts more than the longer probes. */
function fullAt(length: number): number {
  return length < LONG ? (length / 4) * 3 : (length / 64) * 59
}

export class RowTable {
  /** How many rows this worker has added. */
  added = 0
  /** The rows, one after the other. */
  readonly rows: Int32Array
  readonly #isWide: boolean
  readonly #shift: number
  readonly #index: Int32Array
  readonly #control: Int32Array
  readonly #hashes = new Int32Array(BATCH)
  /** What was read last for the caches' sake; kept, as what is never used need not be read. */
  touched = 0
  #mask: number
  #next = 0
  #end = 0
  /** Where the range that `takeRanges` gives next starts, and those before it. */
  #start = 0
  readonly #ranges: number[] = []

  constructor(memory: RowMemory) {
    this.#isWide = memory.width === 4
    this.#shift = this.#isWide ? 2 : 1
    this.rows = new Int32Array(memory.rows)
    this.#index = new Int32Array(memory.index)
    this.#control = new Int32Array(memory.control)
    this.#mask = (this.#control[LENGTH] as number) - 1
  }

  /** Bytes that have been touched. */
  get bytes(): number {
    return 4 * (this.#isWide ? 4 : 2) * Atomics.load(this.#control, NEXT) + 4 * (this.#mask + 1)
  }

  /** Bytes that growing the index takes. */
  get growth(): number {
    return 4 * (this.#grownLength - this.#mask - 1)
  }

  /** Must all workers meet to grow the index before more is inserted? */
  get isFull(): boolean {
    return (this.#control[GROW] as number) !== 0
  }

  get isAtCapacity(): boolean {
    return this.#mask + 1 === this.#index.length
  }

  /** Of one at its capacity: in a larger memory. */
  get #grownLength(): number {
    const length = this.#mask + 1
    const grown = length < LONG ? 4 * length : 2 * length
    return this.isAtCapacity ? grown : Math.min(grown, this.#index.length)
  }

  /** The ids that this worker has added since it was asked last: first id and the one after the last of each range. */
  takeRanges(): number[] {
    this.#closeRange()
    return this.#ranges.splice(0)
  }

  /** Forgets all rows; no worker inserts meanwhile, and each of the others calls `renew` before it goes on. */
  clear(): void {
    this.#index.fill(0, 0, this.#mask + 1)
    this.#control[NEXT] = 0
    this.#control[GROW] = 0
    this.renew()
  }

  /** Goes on with a table that another worker has cleared. */
  renew(): void {
    this.#mask = (this.#control[LENGTH] as number) - 1
    this.added = 0
    this.#next = 0
    this.#end = 0
    this.#start = 0
    this.#ranges.length = 0
  }

  /** Where a row starts in `rows`. */
  at(id: number): number {
    return id << this.#shift
  }

  /**
   * Adds a row unless it is there, at once; `c` and `d` are 0 for a row of two.
   *
   * @returns its new id, or `~id` (negative) of the row that was there
   * @throws StoreFull where it would take the last place, without which no probe ends
   */
  insert(a: number, b: number, c: number, d: number): number {
    return this.#insert(this.hash(a, b, c, d), a, b, c, d)
  }

  /**
   * Inserts the rows of a queue (row-queue.ts). Before, their places are read one after the other, so that the misses of the caches overlap.
   *
   * @param end where the queue ends
   * @param asked receives the ids of the new ones that were asked for
   * @param from where in `asked`
   * @returns where what was written to `asked` ends
   * @throws StoreFull
   */
  insertAll(queue: Int32Array, end: number, asked: Int32Array, from: number): number {
    let to = from
    this.#touch(queue, end)
    for (let i = 0; i < end; i += WAITING_WORDS) {
      const [a, b, c, d] = [queue[i + 1] as number, queue[i + 2] as number, queue[i + 3] as number, queue[i + 4] as number]
      const id = this.#insert(queue[i] as number, a, b, c, d)
      if (id >= 0 && queue[i + 5] !== 0) asked[to++] = id
    }
    return to
  }

  #insert(hash: number, a: number, b: number, c: number, d: number): number {
    const index = this.#index
    const mask = this.#mask
    let slot = hash & mask
    for (;;) {
      const entry = index[slot] as number
      if (entry === 0) {
        const id = this.#write(a, b, c, d)
        // Another worker may have been there first. Also where there is none: code for two ways would be compiled again when others join.
        if (Atomics.compareExchange(index, slot, 0, (hash & ~mask) | (id + 1)) !== 0) continue
        this.#next = id + 1
        this.added++
        return id
      }
      if (((entry ^ hash) & ~mask) === 0) {
        const id = (entry & mask) - 1
        if (this.#isAt(id, a, b, c, d)) return ~id
      }
      slot = (slot + 1) & mask
    }
  }

  /** The id of a row, or -1; `c` and `d` are 0 for a row of two. */
  find(a: number, b: number, c: number, d: number): number {
    const mask = this.#mask
    const hash = this.hash(a, b, c, d)
    let slot = hash & mask
    for (let entry = this.#index[slot] as number; entry !== 0; entry = this.#index[slot] as number) {
      const id = (entry & mask) - 1
      if (((entry ^ hash) & ~mask) === 0 && this.#isAt(id, a, b, c, d)) return id
      slot = (slot + 1) & mask
    }
    return -1
  }

  /**
   * Enlarges the index, all workers together. In place: an entry's home stays, or moves up by the old length, or a multiple of it. Each
   * worker takes a part that starts after an empty slot: what it puts back gets no further than it was, from its home, and so stays inside
   * the part, or an image of the part further up.
   */
  grow(crew: Crew = alone): void {
    if (this.isAtCapacity) throw new Error('a table grows beyond its memory')
    const length = this.#mask + 1
    const grown = this.#grownLength
    const head = crew.index === 0 ? this.#takeHead() : []
    crew.meet()
    const from = this.#afterEmpty(Math.floor((length / crew.size) * crew.index))
    const to = crew.index === crew.size - 1 ? length : this.#afterEmpty(Math.floor((length / crew.size) * (crew.index + 1)))
    crew.meet()
    this.#mask = grown - 1
    this.#spread(from, to, length - 1)
    crew.meet()
    for (const id of head) this.#put(id)
    if (crew.index === 0) {
      Atomics.store(this.#control, LENGTH, grown)
      Atomics.store(this.#control, GROW, 0)
    }
    crew.meet()
  }

  /** Could it grow in this memory, if it has to? */
  hasRoomIn(memory: RowMemory): boolean {
    return !this.isFull || this.#mask + 1 < rowCapacity(memory)
  }

  /** Bytes that sharing it takes. */
  get sharing(): number {
    return 4 * Math.max(0, Math.min(SHARED_LENGTH, this.#index.length) - (this.#mask + 1))
  }

  /** Makes the index long enough for several workers, while there is one. */
  share(): void {
    while (this.sharing > 0) this.grow()
  }

  /** This worker's table in a larger memory; it must have no others. */
  movedTo(memory: RowMemory): RowTable {
    new Int32Array(memory.control).set(this.#control)
    const table = new RowTable(memory)
    table.#index.set(this.#index.subarray(0, this.#mask + 1))
    table.rows.set(this.rows.subarray(0, this.at(this.#end)))
    table.added = this.added
    table.#next = this.#next
    table.#end = this.#end
    table.#start = this.#start
    table.#ranges.push(...this.#ranges)
    return table
  }

  hash(a: number, b: number, c: number, d: number): number {
    let h = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 15) ^ b, 0xc2b2ae35)
    if (this.#isWide) {
      h = Math.imul(h ^ (h >>> 14) ^ c, 0x85ebca6b)
      h = Math.imul(h ^ (h >>> 15) ^ d, 0xc2b2ae35)
    }
    h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f)
    return h ^ (h >>> 16)
  }

  #touch(queue: Int32Array, end: number): void {
    const index = this.#index
    const rows = this.rows
    const mask = this.#mask
    let touched = 0
    for (let i = 0; i < end; i += WAITING_WORDS) touched ^= index[(queue[i] as number) & mask] as number
    for (let i = 0; i < end; i += WAITING_WORDS) {
      const hash = queue[i] as number
      const entry = index[hash & mask] as number
      if (entry !== 0 && ((entry ^ hash) & ~mask) === 0) touched ^= rows[((entry & mask) - 1) << this.#shift] as number
    }
    this.touched = touched
  }

  #isAt(id: number, a: number, b: number, c: number, d: number): boolean {
    const rows = this.rows
    const at = id << this.#shift
    return rows[at] === a && rows[at + 1] === b && (!this.#isWide || (rows[at + 2] === c && rows[at + 3] === d))
  }

  /** Writes a row where the next one goes. */
  #write(a: number, b: number, c: number, d: number): number {
    if (this.#next === this.#end) this.#takeBlock()
    const id = this.#next
    const rows = this.rows
    const at = id << this.#shift
    rows[at] = a
    rows[at + 1] = b
    if (this.#isWide) {
      rows[at + 2] = c
      rows[at + 3] = d
    }
    return id
  }

  #takeBlock(): void {
    const next = Atomics.add(this.#control, NEXT, BLOCK)
    // An entry of the index has room for ids below its mask, and a search in it ends at an empty slot.
    if (next + BLOCK > this.#mask) throw new StoreFull(`${this.#mask + 1} rows, which have no room to grow`)
    this.#closeRange()
    this.#next = next
    this.#end = next + BLOCK
    this.#start = next
    if (this.#end > fullAt(this.#mask + 1)) Atomics.store(this.#control, GROW, 1)
  }

  #closeRange(): void {
    if (this.#next > this.#start) this.#ranges.push(this.#start, this.#next)
    this.#start = this.#next
  }

  /** Takes out the cluster that reaches around the end of the index to its start. */
  #takeHead(): number[] {
    const ids: number[] = []
    for (let slot = 0; this.#index[slot] !== 0; slot++) {
      ids.push(((this.#index[slot] as number) & this.#mask) - 1)
      this.#index[slot] = 0
    }
    return ids
  }

  #afterEmpty(slot: number): number {
    let after = slot
    while (after > 0 && after <= this.#mask && this.#index[after - 1] !== 0) after++
    return after
  }

  /** Puts the entries of a part of the old index where they belong in the new one. */
  #spread(from: number, to: number, oldMask: number): void {
    const index = this.#index
    const hashes = this.#hashes
    const mask = this.#mask
    for (let start = from; start < to; start += BATCH) {
      const end = Math.min(to, start + BATCH)
      for (let at = start; at < end; at++) {
        const entry = index[at] as number
        hashes[at - start] = entry === 0 ? 0 : this.#hashAt((entry & oldMask) - 1)
      }
      for (let at = start; at < end; at++) {
        const entry = index[at] as number
        if (entry === 0) continue
        index[at] = 0
        const id = (entry & oldMask) - 1
        const hash = hashes[at - start] as number
        let slot = hash & mask
        while (index[slot] !== 0) slot++
        index[slot] = (hash & ~mask) | (id + 1)
      }
    }
  }

  #put(id: number): void {
    const hash = this.#hashAt(id)
    let slot = hash & this.#mask
    while (this.#index[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#index[slot] = (hash & ~this.#mask) | (id + 1)
  }

  #hashAt(id: number): number {
    const rows = this.rows
    const at = id << this.#shift
    return this.#isWide
      ? this.hash(rows[at] as number, rows[at + 1] as number, rows[at + 2] as number, rows[at + 3] as number)
      : this.hash(rows[at] as number, rows[at + 1] as number, 0, 0)
  }
}
