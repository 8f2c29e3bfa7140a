/** A stack of numbers in a typed array that grows. */
export class Stack {
  length = 0
  #items = new Int32Array(1 << 10)

  push(item: number): void {
    if (this.length === this.#items.length) {
      const longer = new Int32Array(2 * this.length)
      longer.set(this.#items)
      this.#items = longer
    }
    this.#items[this.length++] = item
  }

  at(index: number): number {
    return this.#items[index] as number
  }

  /** The last one; there must be one. */
  get top(): number {
    return this.#items[this.length - 1] as number
  }

  pop(): number {
    return this.#items[--this.length] as number
  }

  /** Those from an index on, until something is pushed. */
  from(index: number): Int32Array {
    return this.#items.subarray(index, this.length)
  }
}
