/**
 * An ordered partition of points into cells: those that nothing has told apart so far. Cells are split in place, so that a later partition
 * refines an earlier one, and a cell is known by where it starts.
 */
import type { Family } from './family.js'

export class Partition {
  /** The points, cell by cell. */
  readonly order: Int32Array
  /** For each point, where its cell starts in `order`. */
  readonly cell: Int32Array
  /** How many cells there are. */
  cells = 0

  constructor(points: number) {
    this.order = new Int32Array(points)
    this.cell = new Int32Array(points)
  }

  get isDiscrete(): boolean {
    return this.cells === this.order.length
  }

  /** One cell for each of these families; every other point in a cell of its own. */
  start(families: readonly Family[]): void {
    const { order, cell } = this
    for (let i = 0; i < order.length; i++) {
      order[i] = i
      cell[i] = i
    }
    this.cells = order.length
    for (let f = 0; f < families.length; f++) {
      const { first, ids } = families[f] as Family
      for (let i = 1; i < ids.length; i++) cell[first + i] = first
      this.cells -= ids.length - 1
    }
  }

  copy(other: Partition): void {
    this.order.set(other.order)
    this.cell.set(other.cell)
    this.cells = other.cells
  }

  /** Where the cell that starts at `start` ends. */
  endOf(start: number): number {
    const { order, cell } = this
    let end = start + 1
    while (end < order.length && cell[order[end] as number] === start) end++
    return end
  }

  /** Splits a cell by a comparison of its points, which may not change on the way. */
  split(start: number, end: number, compare: (a: number, b: number) => number): void {
    const { order, cell } = this
    for (let i = start + 1; i < end; i++) {
      const point = order[i] as number
      let j = i
      for (; j > start && compare(order[j - 1] as number, point) > 0; j--) order[j] = order[j - 1] as number
      order[j] = point
    }
    let at = start
    let previous = order[start] as number
    for (let i = start + 1; i < end; i++) {
      const point = order[i] as number
      if (compare(previous, point) !== 0) {
        at = i
        this.cells++
      }
      cell[point] = at
      previous = point
    }
  }

  /** Puts one point of a cell before the rest of it. */
  single(start: number, end: number, point: number): void {
    const { order, cell } = this
    order[order.indexOf(point, start)] = order[start] as number
    order[start] = point
    for (let i = start + 1; i < end; i++) cell[order[i] as number] = start + 1
    this.cells++
  }

  /** For each point, its place in the order: the permutation that puts the points in this order. */
  places(into: Int32Array): void {
    const { order } = this
    for (let i = 0; i < order.length; i++) into[order[i] as number] = i
  }
}
