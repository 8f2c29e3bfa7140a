/** Which states have which depth: ranges of ids, as a search hands them out. */

/** From the first id up to, and not including, the second. */
export type Range = readonly [number, number]

export class Levels {
  /** For depth 1 at index 0: the ranges, in ascending order. */
  readonly #depths: Range[][] = []
  readonly #sizes: number[] = []

  /** How many depths have a state. */
  get depth(): number {
    return this.#depths.length
  }

  /** States at all depths. */
  get distinct(): number {
    return this.#sizes.reduce((sum, size) => sum + size, 0)
  }

  /** States at the depth that has most. */
  get largest(): number {
    return this.#sizes.reduce((most, size) => Math.max(most, size), 0)
  }

  /** States at each depth. */
  get sizes(): readonly number[] {
    return this.#sizes
  }

  /** @param flat first id, and the one after the last, of each range of the next depth; in any order */
  add(flat: ArrayLike<number>): void {
    const ranges: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) ranges.push([flat[i] ?? 0, flat[i + 1] ?? 0])
    ranges.sort((a, b) => a[0] - b[0])
    const merged: [number, number][] = []
    for (const [from, to] of ranges) {
      const last = merged.at(-1)
      if (last?.[1] === from) last[1] = to
      else merged.push([from, to])
    }
    this.#depths.push(merged)
    this.#sizes.push(merged.reduce((sum, [from, to]) => sum + to - from, 0))
  }

  /** Adds a depth of so many states, whose ids are gone. */
  addGone(size: number): void {
    this.#depths.push([])
    this.#sizes.push(size)
  }

  /** The ranges of a depth as `add` takes them, ascending. */
  rangesAt(index: number): readonly number[] {
    return (this.#depths[index] ?? []).flat()
  }

  /** The ids of a depth, ascending; the first depth is at index 0. */
  *idsAt(index: number): Generator<number, undefined> {
    for (const [from, to] of this.#depths[index] ?? []) for (let id = from; id < to; id++) yield id
    return undefined
  }

  /** The index of the depth of a state, or -1. */
  indexOf(id: number): number {
    return this.#depths.findIndex((ranges) => ranges.some(([from, to]) => id >= from && id < to))
  }
}
