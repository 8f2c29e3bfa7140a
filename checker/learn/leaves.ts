/** What follows at the leaves of decision trees: for each successor, the bits that change, in one flat table. */
import type { Change } from '../store/parts.js'

/** A successor: the step that leads to it, and for each word that it writes which bits it keeps and which it sets. */
export interface Outcome {
  readonly step: number
  readonly actor: number
  /** Did the step begin with a sleep? */
  readonly slept?: boolean
  readonly writes: readonly { readonly word: number; readonly keep: number; readonly bits: number }[]
}

/** The leaf of what is not enabled. */
export const NOTHING = 0
/** The leaf of what has to be run: it throws, or is too various to be learned. */
export const RUN_IT = 1

export class Leaves {
  /** For each leaf the number of its successors, then for each of those: kind, change, number of writes, and for each of these: word, keep, bits. */
  code = new Int32Array(1 << 12)
  /** Where each leaf starts in `code`. */
  starts = new Int32Array(1 << 8)
  /** By kind of successor. */
  readonly steps: number[] = []
  readonly actors: number[] = []
  readonly slept: boolean[] = []
  /** By kind: how often such a successor was found. */
  fired = new Float64Array(64)
  readonly #kinds = new Map<string, number>()
  readonly #known = new Map<string, number>()
  /** The same writes are the same change. */
  readonly #changes = new Map<string, number>()
  #size = 0
  #end = 0

  constructor() {
    this.#append([0])
    this.#append([0])
  }

  get size(): number {
    return this.#size
  }

  /** How many words the code takes. */
  get length(): number {
    return this.#end
  }

  /** The kind of a successor: one for each step and actor, and one more where the step begins with a sleep. */
  kindOf(step: number, actor: number, slept = false): number {
    const key = `${step}/${actor}/${slept}`
    const known = this.#kinds.get(key)
    if (known !== undefined) return known
    const kind = this.steps.push(step) - 1
    this.actors.push(actor)
    this.slept.push(slept)
    this.#kinds.set(key, kind)
    if (kind === this.fired.length) {
      const fired = new Float64Array(2 * kind)
      fired.set(this.fired)
      this.fired = fired
    }
    return kind
  }

  /** The leaf with these successors. */
  of(outcomes: readonly Outcome[]): number {
    if (outcomes.length === 0) return NOTHING
    const code = [outcomes.length, ...outcomes.flatMap((o) => this.#encode(o))]
    const key = code.join()
    const leaf = this.#known.get(key) ?? this.#append(code)
    this.#known.set(key, leaf)
    return leaf
  }

  /** The successors at a leaf. */
  outcomes(leaf: number): { kind: number; change: number; writes: Outcome['writes'] }[] {
    let at = this.starts[leaf] as number
    const { code } = this
    return Array.from({ length: code[at++] as number }, () => {
      const kind = code[at] as number
      const change = code[at + 1] as number
      const count = code[at + 2] as number
      const writes = Array.from({ length: count }, (_, i) => {
        const [word = 0, keep = 0, bits = 0] = code.subarray(at + 3 + 3 * i)
        return { word, keep, bits }
      })
      at += 3 + 3 * count
      return { kind, change, writes }
    })
  }

  /** Which words the successors at each leaf write, and how often; the successors of one kind are taken to be equally frequent. */
  get changes(): Change[] {
    const written = Array.from({ length: this.#size }, (_, leaf) => this.outcomes(leaf)).flat()
    const alike = new Map<number, number>()
    for (const { kind } of written) alike.set(kind, (alike.get(kind) ?? 0) + 1)
    return written.map(({ kind, writes }) => ({
      words: writes.map(({ word }) => word),
      times: (this.fired[kind] as number) / (alike.get(kind) ?? 1),
    }))
  }

  #encode({ step, actor, slept, writes }: Outcome): number[] {
    const code = writes.flatMap((w) => [w.word, w.keep, w.bits])
    return [this.kindOf(step, actor, slept), this.#changeOf(code.join()), writes.length, ...code]
  }

  #changeOf(writes: string): number {
    const change = this.#changes.get(writes) ?? this.#changes.size + 1
    this.#changes.set(writes, change)
    return change
  }

  #append(code: readonly number[]): number {
    const leaf = this.#size++
    this.code = withRoom(this.code, this.#end + code.length)
    this.starts = withRoom(this.starts, this.#size)
    this.code.set(code, this.#end)
    this.starts[leaf] = this.#end
    this.#end += code.length
    return leaf
  }
}

function withRoom(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Int32Array(Math.max(array.length * 2, length))
  larger.set(array)
  return larger
}
