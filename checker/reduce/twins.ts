/** Which points of a state are *twins*: with the two swapped, the state is the same. Twins of one point are twins of each other. */
import type { Partition } from './partition.js'
import type { Permute } from './permutation.js'
import type { Relation } from './relation.js'

export class Twins {
  /** For each point, one that stands for all its twins. */
  readonly #standIn: Int32Array
  readonly #relation: Relation
  readonly #permute: Permute
  /** For each point, how many facts are about it. */
  readonly #degrees: Int32Array
  readonly #image: Int32Array
  readonly #swapped: Int32Array

  constructor(relation: Relation, permute: Permute, points: number, words: number) {
    this.#relation = relation
    this.#permute = permute
    this.#standIn = new Int32Array(points)
    this.#degrees = new Int32Array(points)
    this.#image = Int32Array.from({ length: points }, (_, i) => i)
    this.#swapped = new Int32Array(words)
  }

  /** Finds the twins in a state, given its partition by rows: only points of one cell can be. */
  find(w: Int32Array, { order, cell }: Partition): void {
    const standIn = this.#standIn
    this.#count()
    for (let i = 0; i < order.length; i++) {
      const point = order[i] as number
      standIn[point] = point
      for (let j = cell[point] as number; j < i; j++) {
        const other = order[j] as number
        if (standIn[other] !== other || !this.#areTwins(other, point, w)) continue
        standIn[point] = other
        break
      }
    }
  }

  /** For each point, one that stands for all its twins. */
  standIns(into: Int32Array): void {
    into.set(this.#standIn)
  }

  areTwins(a: number, b: number): boolean {
    return this.#standIn[a] === this.#standIn[b]
  }

  #count(): void {
    const { count, ends, points } = this.#relation
    const degrees = this.#degrees
    degrees.fill(0)
    const end = count === 0 ? 0 : (ends[count - 1] as number)
    for (let i = 0; i < end; i++) {
      const point = points[i] as number
      degrees[point] = (degrees[point] as number) + 1
    }
  }

  /** Two points with equal rows. */
  #areTwins(a: number, b: number, w: Int32Array): boolean {
    const degrees = this.#degrees
    if (degrees[a] !== degrees[b]) return false
    if (degrees[a] === 0) return true
    const image = this.#image
    image[a] = b
    image[b] = a
    this.#permute(image, w, this.#swapped)
    image[a] = a
    image[b] = b
    for (let i = 0; i < w.length; i++) if (this.#swapped[i] !== w[i]) return false
    return true
  }
}
