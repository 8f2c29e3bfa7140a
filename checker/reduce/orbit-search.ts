/**
 * The canonical form where elements refer to each other, exact for every state: the least of the states at the leaves of a search tree,
 * as in McKay's nauty. Points are told apart by their rows, then by the relations between them. Where that leaves a cell of points
 * that are not all twins, each of them is put first in turn. Every choice depends on the orbit alone, so two states of an
 * orbit have the same leaves.
 *
 * The order of twins is of no account, and nothing is tried for it. A leaf equal to the least one, or to the first, shows a
 * permutation that changes nothing and maps the branch of that leaf to the branch at hand, the rest of which is skipped. It is kept:
 * where it leaves the points that were put first where they are, what it maps to each other is tried once.
 */
import { Automorphisms } from './automorphisms.js'
import type { Family } from './family.js'
import { Partition } from './partition.js'
import type { Permute } from './permutation.js'
import { Refinement } from './refinement.js'
import type { Relation } from './relation.js'
import type { Rows } from './rows.js'
import { Twins } from './twins.js'

interface Leaf {
  words: Int32Array
  /** The points in the order that gives it. */
  order: Int32Array
  /** The points that were put first on the way to it. */
  path: number[]
}

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
  /** At each level, for each point, one that stands for all that need not be tried besides it. */
  readonly #orbits: Int32Array[] = []
  readonly #automorphisms = new Automorphisms()
  readonly #image: Int32Array
  /** The points that were put first on the way to the node at hand. */
  readonly #path: number[] = []
  readonly #first: Leaf
  #least: Leaf
  #spare: Leaf
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
    const leaf = (): Leaf => ({ words: new Int32Array(words), order: new Int32Array(points), path: [] })
    this.#first = leaf()
    this.#least = leaf()
    this.#spare = leaf()
  }

  /** @param into another array than `w` */
  canonical(w: Int32Array, into: Int32Array): void {
    const root = this.#level(0)
    this.#partition(w, root)
    if (!root.isDiscrete) {
      this.#twins.find(w, root)
      if (this.#undecided(root) >= 0) {
        this.#hasLeaf = false
        this.#automorphisms.clear()
        this.#search(0, w)
        into.set(this.#least.words)
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
    let known = -1
    for (let i = start; i < end; i++) {
      if (known !== this.#automorphisms.count) {
        known = this.#automorphisms.count
        this.#findOrbits(level)
      }
      if (this.#isTried(level, start, i)) continue
      child.copy(node)
      child.single(start, end, node.order[i] as number)
      this.#refinement.refine(child)
      this.#path[level] = node.order[i] as number
      const back = this.#search(level + 1, w)
      if (back < level) return back
    }
    return level
  }

  /** A leaf: is it less than the least so far, or one that is known? */
  #visit(level: number, node: Partition, w: Int32Array): number {
    const { order } = node
    const leaf = this.#spare
    node.places(this.#image)
    this.#permute(this.#image, w, leaf.words)
    const comparison = this.#hasLeaf ? compareWords(leaf.words, this.#least.words) : -1
    const same =
      comparison === 0 ? this.#least : comparison > 0 && compareWords(leaf.words, this.#first.words) === 0 ? this.#first : undefined
    if (same !== undefined) {
      this.#automorphisms.add(same.order, order)
      let fork = 0
      while (this.#path[fork] === same.path[fork]) fork++
      return fork
    }
    if (comparison > 0) return level
    this.#spare = this.#least
    this.#least = leaf
    this.#keep(leaf, order, level)
    if (!this.#hasLeaf) {
      this.#first.words.set(leaf.words)
      this.#keep(this.#first, order, level)
    }
    this.#hasLeaf = true
    return level
  }

  #keep(leaf: Leaf, order: Int32Array, level: number): void {
    leaf.order.set(order)
    for (let i = 0; i < level; i++) leaf.path[i] = this.#path[i] as number
  }

  #findOrbits(level: number): void {
    const orbits = this.#orbits[level] ?? new Int32Array(this.#image.length)
    this.#orbits[level] = orbits
    this.#twins.standIns(orbits)
    this.#automorphisms.join(this.#path, level, orbits)
  }

  /** Has a point of the same orbit been tried, of those before point `i` in the cell? */
  #isTried(level: number, start: number, i: number): boolean {
    const { order } = this.#level(level)
    const orbits = this.#orbits[level] as Int32Array
    for (let j = start; j < i; j++) if (orbits[order[j] as number] === orbits[order[i] as number]) return true
    return false
  }

  /** The start of the first cell of points that are not all twins; -1 if there is none. */
  #undecided({ order, cell }: Partition): number {
    for (let i = 1; i < order.length; i++) {
      const start = cell[order[i] as number] as number
      if (start < i && !this.#twins.areTwins(order[start] as number, order[i] as number)) return start
    }
    return -1
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
