/** Applies permutations of points to packed states: moves what the elements index, and renames what refers to them. */
import { type HoldingProcess, walkSource } from './holding.js'
import type { Occurrence } from './occurrence.js'
import { each, Source } from './source.js'
import { tuplesOf } from './tuples.js'

/**
 * @param image for each point, the one that takes its place: of the same family, each once
 * @param w a state
 * @param into another array, which receives the state after the permutation
 */
export type Permute = (image: Int32Array, w: Int32Array, into: Int32Array) => void

/**
 * Generates the function that permutes the states of one system.
 *
 * @param occurrences what moves and is renamed; all else stays
 * @param idOf the number in its domain of each point
 */
export function compilePermute(occurrences: readonly Occurrence[], processes: readonly HoldingProcess[], idOf: readonly number[]): Permute {
  return new PermuteSource(processes, idOf).compile(occurrences)
}

class PermuteSource {
  readonly #source = new Source()
  readonly #processes: readonly HoldingProcess[]
  readonly #points: number
  readonly #idOf: string
  /** An array that holds, for each point, the one whose place it takes. */
  readonly #from: string
  /** Arrays that hold the new value of each reference to a domain, by the array that tells the points of its values. */
  readonly #renamed = new Map<Int32Array, string>()
  readonly #functions = new Map<HoldingProcess['frameAt'], string>()

  constructor(processes: readonly HoldingProcess[], idOf: readonly number[]) {
    this.#processes = processes
    this.#points = idOf.length
    this.#idOf = this.#source.constant(Int32Array.from(idOf))
    this.#from = this.#source.constant(new Int32Array(idOf.length))
  }

  compile(occurrences: readonly Occurrence[]): Permute {
    const moves = occurrences.map((o) => this.#move(o))
    const holds = this.#processes.map((p) => this.#hold(p))
    return this.#source.compile(`
      ${[...this.#functions.values()].join('\n')}
      return (image, w, into) => {
        for (let i = 0; i < w.length; i++) into[i] = w[i];
        for (let i = 0; i < ${this.#points}; i++) ${this.#from}[image[i]] = i;
        ${[...this.#renamed].map(([points, table]) => this.#rename(points, table)).join('\n')}
        ${moves.join('\n')}
        ${holds.join('\n')}
      }`)
  }

  #rename(points: Int32Array, table: string): string {
    const point = `${this.#source.constant(points)}[v]`
    return `for (let v = 1; v < ${points.length}; v++) ${table}[v] = ${point} < 0 ? v : ${this.#idOf}[image[${point}]];`
  }

  /** Fills the places of an occurrence, each from the tuple that comes to it. */
  #move(occurrence: Occurrence): string {
    const { count, width, points, firsts, strides } = tuplesOf(occurrence)
    const isLiteral = (index: string): boolean => /^\d+$/.test(index)
    return each(count, (index) => {
      const terms = firsts.map((first, j) => {
        const point = isLiteral(index)
          ? `${points[Number(index) * width + j]}`
          : `${this.#source.constant(points)}[${index} * ${width} + ${j}]`
        return `(${this.#from}[${point}] - ${first}) * ${strides[j]}`
      })
      const value = this.#value(occurrence.points, this.#source.read(occurrence, 't'))
      return `const t = ${terms.join(' + ') || '0'}; ${this.#source.put(occurrence, index, value)}`
    })
  }

  /** Renames what the active frames of a process hold. Their bits have been moved with the process, if it moves. */
  #hold(process: HoldingProcess): string {
    const { point, word, shift, frameAt } = process
    const known = [...this.#functions.keys()].indexOf(frameAt)
    const k = known < 0 ? this.#functions.size : known
    if (known < 0) this.#functions.set(frameAt, this.#holdFunction(k, process))
    if (point < 0) return `hold${k}(image, w, into, ${word}, ${shift}, ${word}, ${shift});`
    const at = (of: 'word' | 'shift'): string => {
      const places = Array.from({ length: this.#points }, (_, p) => this.#processes.find((other) => other.point === p)?.[of] ?? 0)
      return `${this.#source.constant(Int32Array.from(places))}[image[${point}]]`
    }
    return `hold${k}(image, w, into, ${word}, ${shift}, ${at('word')}, ${at('shift')});`
  }

  #holdFunction(k: number, process: HoldingProcess): string {
    const idOf = this.#idOf
    const walk = walkSource(this.#source, process, ({ word, shift, mask, points, member, id }, bits) => {
      const to = `into[toWord + ${word}]`
      const by = member < 0 ? `(toShift + ${shift})` : `(toShift + ${shift - id} + ${idOf}[image[${member}]])`
      return `${to} = (${to} & ~(${mask} << ${by})) | (${this.#value(points, bits)} << ${by});`
    })
    return `function hold${k}(image, w, into, o, h, toWord, toShift) { ${walk} }`
  }

  /** A value, renamed if it is a reference. */
  #value(points: Int32Array | undefined, bits: string): string {
    if (points === undefined) return bits
    const table = this.#renamed.get(points) ?? this.#source.constant(new Int32Array(points.length))
    this.#renamed.set(points, table)
    return `${table}[${bits}]`
  }
}
