/** The permutations that have been found to change nothing in one state: what they map to each other need not be tried twice. */

/** More are not kept; what is forgotten costs time alone. */
const MOST_KEPT = 64

export class Automorphisms {
  /** How many are kept. */
  count = 0
  /** For each, the image of each point. */
  readonly #images: Int32Array[] = []

  clear(): void {
    this.count = 0
  }

  /** Adds the one that maps each point of one order to the point at its place in another. */
  add(from: Int32Array, to: Int32Array): void {
    if (this.count === MOST_KEPT) return
    const image = this.#images[this.count] ?? new Int32Array(from.length)
    this.#images[this.count++] = image
    for (let i = 0; i < from.length; i++) image[from[i] as number] = to[i] as number
  }

  /**
   * Joins what those that leave some points where they are map to each other.
   *
   * @param fixed the points, as many as `count` says
   * @param orbits for each point, another of its orbit or itself; no circles but these
   */
  join(fixed: readonly number[], count: number, orbits: Int32Array): void {
    for (let k = 0; k < this.count; k++) {
      const image = this.#images[k] as Int32Array
      let i = 0
      while (i < count && image[fixed[i] as number] === fixed[i]) i++
      if (i < count) continue
      for (let p = 0; p < image.length; p++) {
        const a = rootOf(orbits, p)
        const b = rootOf(orbits, image[p] as number)
        orbits[Math.max(a, b)] = Math.min(a, b)
      }
    }
    for (let p = 0; p < orbits.length; p++) orbits[p] = rootOf(orbits, p)
  }
}

function rootOf(orbits: Int32Array, point: number): number {
  let root = point
  while (orbits[root] !== root) root = orbits[root] as number
  return root
}
