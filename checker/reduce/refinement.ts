/**
 * Splits the cells of a partition until the facts about their points split them no more (colour refinement, as in McKay, "Practical graph
 * isomorphism", 1981). Facts are hashed: a collision leaves two points in one cell that could have been told apart, and costs time alone.
 */
import type { Partition } from './partition.js'
import { mix, type Relation } from './relation.js'

export class Refinement {
  readonly #relation: Relation
  /** For each point, the sum of the hashes of the facts about it. */
  readonly #sums: Int32Array
  readonly #compare: (a: number, b: number) => number

  constructor(relation: Relation, points: number) {
    this.#relation = relation
    const sums = new Int32Array(points)
    this.#sums = sums
    this.#compare = (a, b) => (sums[a] as number) - (sums[b] as number)
  }

  refine(partition: Partition): void {
    let cells = 0
    while (cells < partition.cells && !partition.isDiscrete) {
      cells = partition.cells
      this.#sum(partition.cell)
      for (let start = 0; start < partition.order.length; ) {
        const end = partition.endOf(start)
        if (end - start > 1) partition.split(start, end, this.#compare)
        start = end
      }
    }
  }

  /** Of each fact, every point hears what it says, of which cells, and in which role it is there itself. */
  #sum(cell: Int32Array): void {
    const { count, labels, ends, points } = this.#relation
    const sums = this.#sums
    sums.fill(0)
    let start = 0
    for (let f = 0; f < count; f++) {
      const end = ends[f] as number
      let said = labels[f] as number
      for (let i = start; i < end; i++) {
        const isRepeated = i > start && points[i] === points[i - 1]
        said = mix(said, isRepeated ? -1 : (cell[points[i] as number] as number))
      }
      for (let i = start; i < end; i++) {
        const point = points[i] as number
        sums[point] = ((sums[point] as number) + mix(said, i - start)) | 0
      }
      start = end
    }
  }
}
