/** Draws of a fast-check generator: what random machines are drawn with, and what fast-check shrinks. */
import fc, { type GeneratorValue } from 'fast-check'

export class Draw {
  readonly #g: GeneratorValue

  constructor(g: GeneratorValue) {
    this.#g = g
  }

  /** An integer from `lo` to `hi`, both included; shrinks towards `lo`. */
  int(lo: number, hi: number): number {
    return this.#g(fc.integer, { min: lo, max: hi })
  }

  /** Shrinks towards the first. */
  from<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to draw from')
    return list[this.int(0, list.length - 1)] as T
  }

  /** True in so many of a hundred draws; shrinks towards false. */
  chance(percent: number): boolean {
    return this.int(1, 100) > 100 - percent
  }

  list<T>(lo: number, hi: number, draw: (i: number) => T): T[] {
    return Array.from({ length: this.int(lo, hi) }, (_, i) => draw(i))
  }
}
