/** Which elements of a scenario may be swapped with each other: those of its symmetric domains, and its symmetric processes. */
import type { Configuration, PlacedProcess } from '../machine/configuration.js'
import { Thread } from '../machine/process.js'
import type { Domain } from '../schema/domain.js'

/**
 * Two or more elements, any two of which may be swapped. The elements of all families are numbered through from 0: a *point* is such a
 * number, and a permutation of points says for each which one takes its place.
 */
export interface Family {
  /** The name of the domain, or of the kind of process. */
  readonly name: string
  readonly of: 'domain' | 'processes'
  /** The domain whose elements they are: `Thread` for processes. */
  readonly domain: Domain
  /** Their numbers in that domain, rising. */
  readonly ids: readonly number[]
  /** The point of the first; the others follow. */
  readonly first: number
}

/** The families of a scenario. A symmetric domain is one when `of` is first asked for it: what the state does not use counts for nothing. */
export class Families {
  readonly all: Family[] = []
  /** The number in its domain of each point. */
  readonly idOf: number[] = []
  readonly #sizeOf: Configuration['sizeOf']
  readonly #ofDomain = new Map<Domain, Family[]>()
  readonly #pointOf = new Map<Domain, Int32Array>()

  constructor({ sizeOf, processes }: Configuration) {
    this.#sizeOf = sizeOf
    const kinds = new Map<string, number[]>()
    const roots = [...new Set(processes.map((p) => p.layout.root))]
    processes.forEach(({ process, layout }, i) => {
      if (!process.symmetric) return
      const kind = `${roots.indexOf(layout.root)} ${process.name}`
      kinds.set(kind, [...(kinds.get(kind) ?? []), i + 1])
    })
    const families = [...kinds.values()].flatMap((ids) => this.#add(nameOf(processes, ids), 'processes', Thread, ids))
    this.#ofDomain.set(Thread, families)
  }

  /** How many points there are. */
  get points(): number {
    return this.idOf.length
  }

  of(domain: Domain): readonly Family[] {
    const known = this.#ofDomain.get(domain)
    if (known !== undefined) return known
    const ids = Array.from({ length: domain.symmetric ? this.#sizeOf(domain) : 0 }, (_, i) => i + 1)
    const families = this.#add(domain.name, 'domain', domain, ids)
    this.#ofDomain.set(domain, families)
    return families
  }

  /** The point of each element of a domain, by its number: -1 for NULL and for what is in no family. */
  pointsOf(domain: Domain): Int32Array {
    const known = this.#pointOf.get(domain)
    if (known !== undefined) return known
    const points = new Int32Array(this.#sizeOf(domain) + 1).fill(-1)
    for (const { ids, first } of this.of(domain)) for (const [i, id] of ids.entries()) points[id] = first + i
    this.#pointOf.set(domain, points)
    return points
  }

  /** A family of one would have nothing to swap. */
  #add(name: string, of: Family['of'], domain: Domain, ids: readonly number[]): Family[] {
    if (ids.length < 2) return []
    const family = { name, of, domain, ids, first: this.points }
    this.all.push(family)
    this.idOf.push(...ids)
    return [family]
  }
}

function nameOf(processes: readonly PlacedProcess[], ids: readonly number[]): string {
  return processes[(ids[0] ?? 1) - 1]?.process.name ?? ''
}
