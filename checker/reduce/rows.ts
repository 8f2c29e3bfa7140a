/**
 * The rows of a family: for each element, the bits that it indexes, and one bit for each reference that stands alone and may name it,
 * packed into a key of one word or more. Elements with equal keys are alike as far as these go; nothing is hashed.
 */
import type { Family } from './family.js'
import type { Occurrence } from './occurrence.js'
import { each, Source } from './source.js'

/** Part of a key: which word of it, and where in that word. */
interface Part {
  readonly occurrence: Occurrence
  readonly key: number
  readonly at: number
}

export class Rows {
  readonly family: Family
  /** Words of a key. */
  readonly width: number
  /** The keys, one after another. */
  readonly keys: Int32Array
  /** Reads the keys from a state. */
  readonly gather: (w: Int32Array) => void
  /** Writes them back. */
  readonly #scatter: (w: Int32Array) => void

  /**
   * @param occurrences those with no index or this one alone; bits of processes come first, so that they lie in the keys as they do in the
   * state
   */
  constructor(family: Family, occurrences: readonly Occurrence[]) {
    this.family = family
    const inner = occurrences.filter((o) => o.points === undefined && o.indices.length === 1 && o.indices[0] === family)
    const loose = occurrences.filter((o) => o.indices.length === 0 && o.points?.includes(family.first))
    const used: number[] = []
    const parts = inner.map((occurrence) => ({ occurrence, ...reserve(used, 32 - Math.clz32(occurrence.mask)) }))
    const pointers = loose.map((occurrence) => ({ occurrence, ...reserve(used, 1) }))
    this.width = used.length
    this.keys = new Int32Array(family.ids.length * this.width)
    this.gather = compileGather(this, parts, pointers)
    this.#scatter = compileScatter(this, parts, pointers)
  }

  /** Negative where the key of element `a` comes before that of `b`, 0 where they are equal; elements by their points. */
  compare(a: number, b: number): number {
    const { keys, width } = this
    const { first } = this.family
    let i = (a - first) * width
    let j = (b - first) * width
    for (const end = i + width; i < end; i++, j++) {
      const x = keys[i] as number
      const y = keys[j] as number
      if (x !== y) return x < y ? -1 : 1
    }
    return 0
  }

  /** Puts the elements of a state in the order of their keys: all that there is to do where no element says anything of another. */
  sort(w: Int32Array): void {
    this.gather(w)
    const { first, ids } = this.family
    let hasMoved = false
    for (let i = 1; i < ids.length; i++) {
      for (let j = i; j > 0 && this.compare(first + j - 1, first + j) > 0; j--) {
        this.#swapWithNext(j - 1)
        hasMoved = true
      }
    }
    if (hasMoved) this.#scatter(w)
  }

  #swapWithNext(i: number): void {
    const { keys, width } = this
    for (let k = i * width; k < (i + 1) * width; k++) {
      const key = keys[k] as number
      keys[k] = keys[k + width] as number
      keys[k + width] = key
    }
  }
}

function compileGather({ family, keys, width }: Rows, parts: readonly Part[], pointers: readonly Part[]): Rows['gather'] {
  const source = new Source()
  const key = source.constant(keys)
  const named = pointers.map(
    ({ occurrence }, p) => `const p${p} = ${source.constant(occurrence.points ?? keys)}[${source.read(occurrence, '0')}];`,
  )
  const rows = each(family.ids.length, (i) => {
    const words = Array.from({ length: width }, (_, k) => [
      ...parts.flatMap((part) => (part.key === k ? [`(${source.read(part.occurrence, i)} << ${part.at})`] : [])),
      ...pointers.flatMap((part, p) => (part.key === k ? [`((p${p} === ${family.first} + ${i} ? 1 : 0) << ${part.at})`] : [])),
    ])
    return words.map((bits, k) => `${key}[${i} * ${width} + ${k}] = ${bits.join(' | ')};`).join(' ')
  })
  return source.compile(`return (w) => { ${named.join(' ')} ${rows} }`)
}

function compileScatter({ family, keys, width }: Rows, parts: readonly Part[], pointers: readonly Part[]): (w: Int32Array) => void {
  const source = new Source()
  const [key, ids] = [source.constant(keys), source.constant(Int32Array.from(family.ids))]
  const rows = each(family.ids.length, (i) => {
    const puts = parts.map(({ occurrence, key: k, at }) =>
      source.put(occurrence, i, `(${key}[${i} * ${width} + ${k}] >>> ${at}) & ${occurrence.mask}`, 'w'),
    )
    const names = pointers.map(
      ({ occurrence, key: k, at }) =>
        `if ((${key}[${i} * ${width} + ${k}] >>> ${at}) & 1) ${source.put(occurrence, '0', `${ids}[${i}]`, 'w')}`,
    )
    return [...puts, ...names].join(' ')
  })
  return source.compile(`return (w) => { ${rows} }`)
}

/** Room for so many bits in the first word of a key that has it. */
function reserve(used: number[], bits: number): { key: number; at: number } {
  let key = used.findIndex((taken) => taken + bits <= 32)
  if (key < 0) key = used.push(0) - 1
  const at = used[key] ?? 0
  used[key] = at + bits
  return { key, at }
}
