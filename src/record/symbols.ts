/** The kernel's symbols, as /proc/kallsyms lists them. */
import { RecordingFault } from './recording-fault.js'

export interface Extent {
  /** Addresses are compared as they are printed: 16 hexadecimal digits. */
  readonly from: string
  /** The first address behind it. */
  readonly to: string
}

export class Symbols {
  /** Of the kernel itself, by address. */
  readonly #byAddress: readonly (readonly [address: string, name: string])[]

  /** @param kallsyms lines of `address type name [module]` */
  constructor(kallsyms: string) {
    const lines = kallsyms.split('\n').map((line) => line.split(/\s+/))
    this.#byAddress = lines
      .flatMap(([address = '', , name = '', module]): [string, string][] => (module || name === '' ? [] : [[address, name]]))
      .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
  }

  has(name: string): boolean {
    return this.#byAddress.some(([, known]) => known === name)
  }

  /** @throws RecordingFault where the kernel has no such function, or several */
  extentOf(name: string): Extent {
    const found = this.#byAddress.flatMap(([, known], i) => (known === name ? [i] : []))
    const [at, ...more] = found
    if (at === undefined)
      throw new RecordingFault(`this kernel has no function ${name} of its own; it was inlined, or is of another version`)
    if (more.length > 0) throw new RecordingFault(`this kernel has several functions called ${name}`)
    const from = this.#byAddress[at]?.[0] ?? ''
    return { from, to: this.#byAddress.find(([address]) => address > from)?.[0] ?? from }
  }

  nameAt(address: string): string | undefined {
    return this.#byAddress.find(([known]) => known === address)?.[1]
  }

  /** Functions from one to another, both included, without what only pads them. */
  between(first: string, last: string): string[] {
    const [{ from }, { from: to }] = [this.extentOf(first), this.extentOf(last)]
    const inside = this.#byAddress.filter(([address]) => address >= from && address <= to).map(([, name]) => name)
    return inside.filter((name) => !name.startsWith('__pfx_'))
  }
}
