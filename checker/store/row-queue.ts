/**
 * Rows that wait to be inserted into a table: a table beyond the caches answers one probe slowly, but many that do not wait for each other
 * almost as fast as one. In front of the queue, a few of the rows that were added last are remembered: most duplicates among the successors
 * of a breadth-first search come soon after the first of their kind.
 */
import { type RowTable, WAITING_WORDS } from './row-table.js'

/** How many rows may wait; fewer than a short table takes after it has said that it is full. */
const WAITING = 256
/** How many rows are remembered; a power of two. */
const REMEMBERED = 1 << 12
/** Words of one that is remembered: its hash with the lowest bit set (0 for none), its words. */
const REMEMBERED_WORDS = 8

export class RowQueue {
  readonly #table: RowTable
  readonly #waiting = new Int32Array(WAITING * WAITING_WORDS)
  readonly #remembered = new Int32Array(REMEMBERED * REMEMBERED_WORDS)
  #end = 0
  /** Ids of the new rows that were asked for, inserted since `settle` was called last. */
  #asked = new Int32Array(WAITING)
  #askedEnd = 0

  constructor(table: RowTable) {
    this.#table = table
  }

  /**
   * Adds a row to those that wait; `c` and `d` are 0 for a row of two.
   *
   * @param isAsked not 0 if `settle` is to tell its id, should it be new
   */
  add(a: number, b: number, c: number, d: number, isAsked: number): void {
    const hash = this.#table.hash(a, b, c, d)
    const remembered = this.#remembered
    const at = ((hash >>> 8) & (REMEMBERED - 1)) * REMEMBERED_WORDS
    const mark = hash | 1
    if (
      remembered[at] === mark &&
      remembered[at + 1] === a &&
      remembered[at + 2] === b &&
      remembered[at + 3] === c &&
      remembered[at + 4] === d
    )
      return
    remembered[at] = mark
    remembered[at + 1] = a
    remembered[at + 2] = b
    remembered[at + 3] = c
    remembered[at + 4] = d
    const waiting = this.#waiting
    const to = this.#end
    waiting[to] = hash
    waiting[to + 1] = a
    waiting[to + 2] = b
    waiting[to + 3] = c
    waiting[to + 4] = d
    waiting[to + 5] = isAsked
    this.#end = to + WAITING_WORDS
    if (this.#end === waiting.length) this.#insert()
  }

  /** Inserts the rows that wait; then tells the ids of the new ones that were asked for. */
  settle(tell: (id: number) => void): void {
    if (this.#end > 0) this.#insert()
    const end = this.#askedEnd
    this.#askedEnd = 0
    for (let i = 0; i < end; i++) tell(this.#asked[i] as number)
  }

  /** Forgets what it remembers, when the table has forgotten it; none may wait. */
  forget(): void {
    this.#remembered.fill(0)
  }

  /** The queue in front of a table that this one's has moved to. */
  movedTo(table: RowTable): RowQueue {
    const queue = new RowQueue(table)
    queue.#waiting.set(this.#waiting)
    queue.#end = this.#end
    queue.#asked = this.#asked
    queue.#askedEnd = this.#askedEnd
    return queue
  }

  #insert(): void {
    const end = this.#end
    this.#end = 0
    if (this.#askedEnd + WAITING > this.#asked.length) this.#lengthenAsked()
    this.#askedEnd = this.#table.insertAll(this.#waiting, end, this.#asked, this.#askedEnd)
  }

  /** Where a state has very many successors. */
  #lengthenAsked(): void {
    const longer = new Int32Array(2 * this.#asked.length)
    longer.set(this.#asked)
    this.#asked = longer
  }
}
