/**
 * The canonical form where elements refer to each other, exact for every state: the least of the states at the leaves of a search tree,
 * as in McKay's nauty. Points are told apart by their rows, then by the relations between them. Where that leaves a cell of points
 * that are not all twins, each of them is put first in turn. Every choice depends on the orbit alone, so two states of an
 * orbit have the same leaves.
 *
 * The order of twins is of no account, and nothing is tried for it. A leaf equal to the least one shows a permutation that changes
 * nothing and maps the branch of that leaf to the branch at hand, the rest of which is skipped.
 */
import type { Family } from './family.js'
import { Partition } from './partition.js'
import type { Permute } from './permutation.js'
import { Refinement } from './refinement.js'
import type { Relation } from './relation.js'
import type { Rows } from './rows.js'
import { Twins } from './twins.js'

export class OrbitSearch {
  readonly #families: readonly Family[]
  readonly #rows: readonly Rows[]
  readonly #comparisons: readonly ((a: number, b: number) => number)[]
  readonly #relation: Relation
  readonly #permute: Permute
  readonly #refinement: Refinement
  readonly #twins: Twins
  /** The partition at each level of the tree; there are as many as have been needed so far. */
  readonly #levels: Partition[] = []
  readonly #image: Int32Array
  /** The points that were put first on the way to the node at hand, and to the least leaf. */
  readonly #path: number[] = []
  readonly #leastPath: number[] = []
  #leaf: Int32Array
  #least: Int32Array
  #hasLeaf = false

  /**
   * @param rows of the families to put in order; the points of all others stay where they are
   * @param points how many there are in all
   * @param words length of a state
   */
  constructor(rows: readonly Rows[], relation: Relation, permute: Permute, points: number, words: number) {
    this.#rows = rows
    this.#families = rows.map((r) => r.family)
    this.#comparisons = rows.map((r) => (a: number, b: number) => r.compare(a, b))
    this.#relation = relation
    this.#permute = permute
    this.#refinement = new Refinement(relation, points)
    this.#twins = new Twins(relation, permute, points, words)
    this.#image = new Int32Array(points)
    this.#leaf = new Int32Array(words)
    this.#least = new Int32Array(words)
  }

  /** @param into another array than `w` */
  canonical(w: Int32Array, into: Int32Array): void {
    const root = this.#level(0)
    this.#partition(w, root)
    if (!root.isDiscrete) {
      this.#twins.find(w, root)
      if (this.#undecided(root) >= 0) {
        this.#hasLeaf = false
        this.#search(0, w)
        into.set(this.#least)
        return
      }
    }
    root.places(this.#image)
    this.#permute(this.#image, w, into)
  }

  /** Tells points apart as far as that is possible without putting one first. */
  #partition(w: Int32Array, root: Partition): void {
    const relation = this.#relation
    root.start(this.#families)
    for (let f = 0; f < this.#rows.length; f++) this.#rows[f]?.gather(w)
    relation.findHeld(w)
    for (let f = 0; f < this.#rows.length; f++) {
      const { first, ids } = this.#families[f] as Family
      root.split(first, first + ids.length, this.#comparisons[f] as (a: number, b: number) => number)
    }
    if (root.isDiscrete) return
    relation.addTables(w)
    this.#refinement.refine(root)
  }

  /** Searches below a node; answers the level at which to go on, which is that of the node or of one above it. */
  #search(level: number, w: Int32Array): number {
    const node = this.#level(level)
    const start = this.#undecided(node)
    if (start < 0) return this.#visit(level, node, w)
    const end = node.endOf(start)
    const child = this.#level(level + 1)
    for (let i = start; i < end; i++) {
      const point = node.order[i] as number
      if (this.#hasTwin(node, start, i)) continue
      child.copy(node)
      child.single(start, end, point)
      this.#refinement.refine(child)
      this.#path[level] = point
      const back = this.#search(level + 1, w)
      if (back < level) return back
    }
    return level
  }

  /** A leaf: is it less than the least so far, or the same? */
  #visit(level: number, leaf: Partition, w: Int32Array): number {
    leaf.places(this.#image)
    this.#permute(this.#image, w, this.#leaf)
    const order = this.#hasLeaf ? compareWords(this.#leaf, this.#least) : -1
    if (order > 0) return level
    if (order === 0) {
      let fork = 0
      while (this.#path[fork] === this.#leastPath[fork]) fork++
      return fork
    }
    this.#hasLeaf = true
    const least = this.#leaf
    this.#leaf = this.#least
    this.#least = least
    for (let i = 0; i < level; i++) this.#leastPath[i] = this.#path[i] as number
    return level
  }

  /** The start of the first cell of points that are not all twins; -1 if there is none. */
  #undecided({ order, cell }: Partition): number {
    for (let i = 1; i < order.length; i++) {
      const start = cell[order[i] as number] as number
      if (start < i && !this.#twins.areTwins(order[start] as number, order[i] as number)) return start
    }
    return -1
  }

  /** Is there a twin of point `i` of the order between the start of its cell and it? */
  #hasTwin({ order }: Partition, start: number, i: number): boolean {
    for (let j = start; j < i; j++) if (this.#twins.areTwins(order[j] as number, order[i] as number)) return true
    return false
  }

  #level(level: number): Partition {
    let partition = this.#levels[level]
    if (partition === undefined) {
      partition = new Partition(this.#image.length)
      this.#levels[level] = partition
    }
    return partition
  }
}

function compareWords(a: Int32Array, b: Int32Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number)
  return 0
}
