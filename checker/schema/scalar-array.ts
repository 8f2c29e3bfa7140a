/**
 * An array of scalars. JavaScript has no cheap accessor for `a[i]`, so the author is given a plain array: `load` fills it from the
 * packed state, `commit` writes back what a step changed, `restore` undoes it. Index 0 holds `undefined`: NULL is no element.
 */
import { SpecFault } from '../fault.js'
import { type Codec, decodeScalar, encodeScalar, outOfRange, type Value } from './codec.js'
import { type ArrayNode, elementPlace } from './layout.js'

/** Fields of up to so many bits are decoded by a table. */
const TABLE_BITS = 8

export class ScalarArray {
  /** What the author sees, with its `ids` attached. */
  readonly elements: (Value | undefined)[]
  /** What `load` found. */
  readonly loaded: (Value | undefined)[]
  readonly #words: Int32Array
  readonly #shifts: Int32Array
  readonly #mask: number
  readonly #codec: Codec
  /** The value of each code; empty where there are too many codes for a table. */
  readonly values: readonly Value[]
  readonly #codes: ReadonlyMap<unknown, number>
  readonly #w: Int32Array
  readonly #path: string

  constructor(node: ArrayNode, codec: Codec, w: Int32Array, word: number, shift: number, path: string) {
    const places = Array.from({ length: node.size }, (_, i) => elementPlace(node, i))
    this.#words = Int32Array.from([0, ...places.map((p) => word + p.word)])
    this.#shifts = Int32Array.from([0, ...places.map((p) => shift + p.shift)])
    this.#mask = 2 ** codec.bits - 1
    this.values = codec.bits <= TABLE_BITS ? Array.from({ length: 2 ** codec.bits }, (_, code) => decodeScalar(codec, code)) : []
    this.#codes = new Map(this.values.flatMap((value, code) => (encodeScalar(codec, value) === code ? [[value, code] as const] : [])))
    this.#codec = codec
    this.#w = w
    this.#path = path
    this.elements = [undefined, ...places.map(() => decodeScalar(codec, 0))]
    this.loaded = this.elements.slice()
  }

  /** Where an element lies. */
  at(i: number): { readonly word: number; readonly shift: number; readonly mask: number } {
    return { word: this.#words[i] as number, shift: this.#shifts[i] as number, mask: this.#mask }
  }

  load(): void {
    const { elements, loaded, values } = this
    if (elements.length !== loaded.length || elements[0] !== undefined) this.restore()
    for (let i = 1; i < loaded.length; i++) {
      const code = ((this.#w[this.#words[i] as number] as number) >>> (this.#shifts[i] as number)) & this.#mask
      const value = values.length > 0 ? values[code] : decodeScalar(this.#codec, code)
      elements[i] = value
      loaded[i] = value
    }
  }

  /** Packs what has changed since `load`. */
  commit(): void {
    const { elements, loaded } = this
    if (elements.length !== loaded.length || elements[0] !== undefined) throw this.#strayIndex()
    for (let i = 1; i < loaded.length; i++) if (elements[i] !== loaded[i]) this.store(i)
  }

  restore(): void {
    const { loaded } = this
    if (this.elements.length !== loaded.length) this.elements.length = loaded.length
    for (let i = 0; i < loaded.length; i++) this.elements[i] = loaded[i]
  }

  /** Packs one element. */
  store(i: number): void {
    const value = this.elements[i]
    const code = this.#codes.get(value) ?? encodeScalar(this.#codec, value)
    if (code < 0) throw outOfRange(`${this.#path}[${i}]`, this.#codec, value)
    const word = this.#words[i] as number
    const shift = this.#shifts[i] as number
    this.#w[word] = ((this.#w[word] as number) & ~(this.#mask << shift)) | (code << shift)
  }

  #strayIndex(): SpecFault {
    const highest = this.loaded.length - 1
    const what = this.elements[0] !== undefined ? 'index 0 (NULL)' : `index ${this.elements.length - 1}`
    return new SpecFault('range', `${this.#path} was assigned at ${what}; expected an index from 1 to ${highest}`)
  }
}
