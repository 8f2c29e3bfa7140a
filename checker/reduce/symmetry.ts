/**
 * Symmetry reduction: states that differ only in the names of interchangeable elements are one. `canonical` gives the representative of a
 * state's orbit; it is exact (checker/adr/0012), so a search sees as many states as there are orbits.
 */
import type { System } from '../machine/system.js'
import type { Fields } from '../schema/field.js'
import { Families, type Family } from './family.js'
import { type HoldingProcess, holdingProcesses } from './holding.js'
import { type Occurrence, occurrencesIn } from './occurrence.js'
import { OrbitSearch } from './orbit-search.js'
import { compilePermute, type Permute } from './permutation.js'
import { Relation } from './relation.js'
import { Rows } from './rows.js'

export class Symmetry {
  readonly families: readonly Family[]
  /** How many points there are: elements of all families together. */
  readonly points: number
  /** Applies a permutation to a state. */
  readonly permute: Permute
  /** For the families whose elements nothing ties to others. */
  readonly #sorted: readonly Rows[]
  /** For all the others; undefined if there are none. */
  readonly #search: OrbitSearch | undefined

  constructor(families: Families, occurrences: readonly Occurrence[], processes: readonly (HoldingProcess | undefined)[], words: number) {
    this.families = families.all
    this.points = families.points
    const holding = processes.flatMap((p) => p ?? [])
    this.permute = compilePermute(occurrences, holding, families.idOf)
    const tied = tiedFamilies(families, occurrences, processes)
    const rows = families.all.map((family) => new Rows(family, occurrences))
    this.#sorted = rows.filter((r) => !tied.has(r.family))
    if (tied.size === 0) return
    const concerned = occurrences.filter((o) => familiesOf(families, o).some((f) => tied.has(f)))
    const permute = compilePermute(concerned, holding, families.idOf)
    const searched = rows.filter((r) => tied.has(r.family))
    const relation = new Relation(concerned.filter(isTie), processes, searched)
    this.#search = new OrbitSearch(searched, relation, permute, this.points, words)
  }

  /**
   * Writes the representative of the orbit of a state: the same words for two states exactly if a permutation maps one to the other.
   *
   * @param w a packed state
   * @param into another array of the same length
   */
  canonical(w: Int32Array, into: Int32Array): void {
    if (this.#search === undefined) for (let i = 0; i < w.length; i++) into[i] = w[i] as number
    else this.#search.canonical(w, into)
    for (let i = 0; i < this.#sorted.length; i++) this.#sorted[i]?.sort(into)
  }
}

/** The symmetry that a scenario declares; undefined where there is nothing to swap. */
export function symmetryOf({ configuration, scenario, words }: System): Symmetry | undefined {
  const families = new Families(configuration)
  const occurrences = occurrencesIn(configuration, families, scenario.spec.state.fields as Fields)
  const processes = holdingProcesses(configuration, families)
  return families.all.length === 0 ? undefined : new Symmetry(families, occurrences, processes, words)
}

/** Does it say something of several elements? */
function isTie({ indices, points }: Occurrence): boolean {
  return indices.length + (points === undefined ? 0 : 1) > 1
}

/** The families whose elements index it or are named by it. */
function familiesOf({ all }: Families, { indices, points }: Occurrence): Family[] {
  return all.filter((f) => indices.includes(f) || points?.includes(f.first))
}

/** The families whose elements may say something of others, or others of them. */
function tiedFamilies(
  families: Families,
  occurrences: readonly Occurrence[],
  processes: readonly (HoldingProcess | undefined)[],
): ReadonlySet<Family> {
  const ties = occurrences.filter(isTie).flatMap((o) => familiesOf(families, o))
  const holdings = processes.flatMap((p) => p?.frameAt.flatMap((frame) => frame?.holdings ?? []) ?? [])
  const held = families.all.filter((f) => holdings.some((h) => h.points?.includes(f.first) || h.member === f.first))
  const holders = families.all.filter((f) => processes.some((p) => p !== undefined && p.point === f.first))
  return new Set([...ties, ...held, ...holders])
}
