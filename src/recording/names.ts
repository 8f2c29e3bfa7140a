/** Numbers for names that are read from bytes, without making a string of each. */

const SLOTS = 1 << 12
const [SPACE, BACKSLASH, DELETE] = [32, 92, 127]
/** Names are of kernel functions, and probes are few. */
export const MOST_NAMES = 1 << 10

export class Names {
  /** By hash: number of a name and one more; 0 where there is none. */
  readonly #slots = new Int32Array(SLOTS)
  readonly #bytes: Uint8Array[] = []
  readonly #texts: string[] = []

  /** @returns the number of the name in `bytes` from one place to another, from 0; -1 of one that is more than plain letters, or one too many */
  idOf(bytes: Uint8Array, from: number, to: number): number {
    const middle = bytes[(from + to) >> 1] as number
    const hash = (((to - from) * 31 + (bytes[from] as number)) * 31 + middle) * 31 + (bytes[to - 1] as number)
    for (let slot = hash & (SLOTS - 1); ; slot = (slot + 1) & (SLOTS - 1)) {
      const known = (this.#slots[slot] as number) - 1
      if (known < 0) return this.#add(slot, bytes.slice(from, to))
      if (isEqual(this.#bytes[known] as Uint8Array, bytes, from, to)) return known
    }
  }

  textOf(id: number): string {
    return this.#texts[id] ?? ''
  }

  #add(slot: number, name: Uint8Array): number {
    if (this.#texts.length === MOST_NAMES || !name.every(isPlain)) return -1
    this.#bytes.push(name)
    const count = this.#texts.push(new TextDecoder().decode(name))
    this.#slots[slot] = count
    return count - 1
  }
}

/** As in JSON: nothing is escaped, and each byte is a letter. */
function isPlain(byte: number): boolean {
  return byte >= SPACE && byte < DELETE && byte !== BACKSLASH
}

function isEqual(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false
  for (let i = 0; i < name.length; i++) if (name[i] !== bytes[from + i]) return false
  return true
}
