/** A set of domain elements as a run of bits: element 1 is the lowest. */
import { SpecFault } from '../fault.js'
import { type Id, ordinal } from './domain.js'
import type { SetView } from './view.js'

export class PackedSet implements SetView<string> {
  readonly #w: Int32Array
  readonly #word: number
  readonly #shift: number
  readonly #count: number
  readonly #mask: number
  readonly #path: string

  constructor(w: Int32Array, word: number, shift: number, count: number, path: string) {
    this.#w = w
    this.#word = word
    this.#shift = shift
    this.#count = count
    this.#mask = (2 ** count - 1) | 0
    this.#path = path
  }

  get #bits(): number {
    return ((this.#w[this.#word] as number) >>> this.#shift) & this.#mask
  }

  set #bits(bits: number) {
    const kept = (this.#w[this.#word] as number) & ~(this.#mask << this.#shift)
    this.#w[this.#word] = kept | (bits << this.#shift)
  }

  get size(): number {
    let count = 0
    for (let bits = this.#bits; bits !== 0; bits &= bits - 1) count++
    return count
  }

  has(id: Id<string>): boolean {
    return (this.#bits & this.#bit(id)) !== 0
  }

  add(id: Id<string>): void {
    this.#bits |= this.#bit(id)
  }

  delete(id: Id<string>): void {
    this.#bits &= ~this.#bit(id)
  }

  clear(): void {
    this.#bits = 0
  }

  assign(other: PackedSet): void {
    this.#bits = other.#bits
  }

  equals(other: PackedSet): boolean {
    return this.#bits === other.#bits
  }

  isSubsetOf(other: PackedSet): boolean {
    return (this.#bits & ~other.#bits) === 0
  }

  isDisjointFrom(other: PackedSet): boolean {
    return (this.#bits & other.#bits) === 0
  }

  toArray(): Id<string>[] {
    const ids: number[] = []
    for (let i = 1; i <= this.#count; i++) if ((this.#bits >>> (i - 1)) & 1) ids.push(i)
    return ids as unknown as Id<string>[]
  }

  #bit(id: Id<string>): number {
    const n = ordinal(id)
    if ((n | 0) === n && n >= 1 && n <= this.#count) return 1 << (n - 1)
    throw new SpecFault('range', `${this.#path} was asked for element ${String(id)}; expected 1..${this.#count}`)
  }
}
