/** A set of codes of up to 31 bits, in bits: pages of 2^16 of them, each made when it is needed. */

const PAGE_BITS = 16
const WORDS = 2 ** PAGE_BITS / 32

/** What a set sends to another thread. */
export type ValuePages = readonly (Uint32Array | undefined)[]

export class ValueSet {
  readonly #pages: (Uint32Array | undefined)[] = []

  get pages(): ValuePages {
    return this.#pages
  }

  get size(): number {
    let size = 0
    for (const page of this.#pages) for (const word of page ?? []) size += bitsOf(word)
    return size
  }

  add(code: number): void {
    const page = this.#page(code >>> PAGE_BITS)
    const word = (code & (2 ** PAGE_BITS - 1)) >>> 5
    page[word] = (page[word] as number) | (1 << (code & 31))
  }

  addAll(pages: ValuePages): void {
    for (const [number, more] of pages.entries()) {
      if (more === undefined) continue
      const page = this.#page(number)
      for (let word = 0; word < WORDS; word++) page[word] = (page[word] as number) | (more[word] as number)
    }
  }

  #page(number: number): Uint32Array {
    const page = this.#pages[number] ?? new Uint32Array(WORDS)
    this.#pages[number] = page
    return page
  }
}

function bitsOf(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest &= rest - 1) count++
  return count
}
