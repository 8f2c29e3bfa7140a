/**
 * What the elements of families say of each other in one state, as a list of facts: a label, and the points that it is about, in order.
 * A place in a table says that its value holds of its indices; a reference in a row, that the index names the element.
 */
import { type Holding, type HoldingProcess, walkSource } from './holding.js'
import type { Occurrence } from './occurrence.js'
import type { Rows } from './rows.js'
import { each, Source } from './source.js'
import { tuplesOf } from './tuples.js'

export class Relation {
  /** How many facts there are. */
  count = 0
  /** What each says; equal labels, equal sense. */
  readonly labels: Int32Array
  /** Where the points of each end in `points`; they start where those of the one before end. */
  readonly ends: Int32Array
  readonly points: Int32Array
  readonly #facts: { readonly held: FactFinder; readonly tables: FactFinder }

  /**
   * @param occurrences those that tie elements to each other
   * @param processes in the order of the scenario's; undefined for those that can hold nothing
   */
  constructor(occurrences: readonly Occurrence[], processes: readonly (HoldingProcess | undefined)[], rows: readonly Rows[]) {
    const held = processes.reduce((sum, p) => sum + (p === undefined ? 0 : mostHeld(p)), 0)
    const most = occurrences.reduce((sum, o) => sum + o.words.length, held)
    const widest = occurrences.reduce((width, o) => Math.max(width, o.indices.length + 1), 2)
    this.labels = new Int32Array(most)
    this.ends = new Int32Array(most)
    this.points = new Int32Array(most * widest)
    this.#facts = new FactSource(this).compile(occurrences, processes, rows)
  }

  /** Starts anew with what processes hold, and takes it out of their rows, which must have been gathered. */
  findHeld(w: Int32Array): void {
    this.count = this.#facts.held(w)
  }

  /** Adds what lies outside the processes. */
  addTables(w: Int32Array): void {
    this.count = this.#facts.tables(w)
  }
}

/** Answers how many facts there are so far. */
type FactFinder = (w: Int32Array) => number

class FactSource {
  readonly #source = new Source()
  readonly #labels: string
  readonly #ends: string
  readonly #points: string
  readonly #mix: string
  readonly #functions: string[] = []

  constructor({ labels, ends, points }: Pick<Relation, 'labels' | 'ends' | 'points'>) {
    this.#labels = this.#source.constant(labels)
    this.#ends = this.#source.constant(ends)
    this.#points = this.#source.constant(points)
    this.#mix = this.#source.constant(mix)
  }

  compile(occurrences: readonly Occurrence[], processes: readonly (HoldingProcess | undefined)[], rows: readonly Rows[]) {
    const holds = processes.map((p, i) => (p === undefined ? '' : this.#hold(p, i, rows)))
    const tables = occurrences.map((o, i) => this.#table(o, (i + 1) << 16))
    return this.#source.compile<{ held: FactFinder; tables: FactFinder }>(`
      let count = 0, end = 0;
      ${this.#functions.join('\n')}
      return {
        held(w) { count = 0; end = 0; ${holds.join(' ')} return count; },
        tables(w) { ${tables.join('\n')} return count; },
      }`)
  }

  #table(occurrence: Occurrence, label: number): string {
    const { count, width, points } = tuplesOf(occurrence)
    return each(count, (index) => {
      const about = occurrence.indices.map((_, j) => `${this.#source.constant(points)}[${index} * ${width} + ${j}]`)
      const isPlain = this.#fact(about, `${this.#mix}(${label}, v)`)
      const named = occurrence.points && `${this.#source.constant(occurrence.points)}[v]`
      const fact = named === undefined ? isPlain : `if (${named} < 0) { ${isPlain} } else { ${this.#fact([...about, named], `${label}`)} }`
      return `const v = ${this.#source.read(occurrence, index)}; if (v !== 0) { ${fact} }`
    })
  }

  /** Processes that are in no family are told apart by their number. */
  #hold(process: HoldingProcess, index: number, rows: readonly Rows[]): string {
    const { point, word, shift } = process
    const own = rows.find((r) => r.family.first <= point && point < r.family.first + r.family.ids.length)
    const k = this.#functions.length
    const walk = walkSource(this.#source, process, (held, bits) => {
      const named = held.points === undefined ? `${bits} === 0 ? -1 : ${held.member}` : `${this.#source.constant(held.points)}[${bits}]`
      const label = `${mix(held.field, own === undefined ? ~index : 0)}`
      const fact = this.#fact([...(own === undefined ? [] : [`${point}`]), 'named'], label)
      return `const named = ${named}; if (named >= 0) { ${fact} ${own === undefined ? '' : this.#erase(own, point, held)} }`
    })
    this.#functions.push(`function held${k}(w, o, h) { ${walk} }`)
    return `held${k}(w, ${word}, ${shift});`
  }

  #erase({ keys, width, family }: Rows, point: number, { word, shift, mask }: Holding): string {
    return `${this.#source.constant(keys)}[${(point - family.first) * width + word}] &= ${~(mask << shift)};`
  }

  #fact(about: readonly string[], label: string): string {
    const points = about.map((point) => `${this.#points}[end++] = ${point};`)
    return `${points.join(' ')} ${this.#labels}[count] = ${label}; ${this.#ends}[count++] = end;`
  }
}

/** Two integers as one that looks random. */
export function mix(a: number, b: number): number {
  const h = Math.imul(a ^ Math.imul(b, 0x85ebca6b), 0xc2b2ae35)
  return h ^ (h >>> 15)
}

function mostHeld({ frameAt }: HoldingProcess): number {
  return [...new Set(frameAt)].reduce((sum, frame) => sum + (frame?.holdings.length ?? 0), 0)
}
