/** Where in a packed state the elements of families occur: what they index, and what refers to them. */
import type { Configuration } from '../machine/configuration.js'
import type { Domain } from '../schema/domain.js'
import type { Field, Fields } from '../schema/field.js'
import { type ArrayNode, elementPlace, type Member, type Node, type Place, type RecordNode, type SetNode } from '../schema/layout.js'
import type { Families, Family } from './family.js'

/**
 * A run of bits that is there once for each tuple of elements of some families: what a permutation moves, and renames if it is a
 * reference. A set over a family is one such bit for each element; the process data of a family is there once for each process.
 */
export interface Occurrence {
  /** Outermost first; none for a reference that stands alone. */
  readonly indices: readonly Family[]
  /** Where it lies for each tuple; the last index turns fastest. */
  readonly words: Int32Array
  readonly shifts: Int32Array
  /** Its bits, once shifted down; there may be gaps. */
  readonly mask: number
  /** Of a reference: the point that each value names, -1 for none. */
  readonly points: Int32Array | undefined
}

/** The processes of families, as plain runs of bits, and then all that moves or is renamed outside the frames of processes. */
export function occurrencesIn(configuration: Configuration, families: Families, fields: Fields): Occurrence[] {
  const finder = new Finder(families)
  for (const family of families.all) if (family.of === 'processes') finder.processes(configuration, family)
  const top: Copies = { indices: [], starts: [{ word: 0, shift: 0 }], plain: new Map() }
  finder.record(configuration.state, fields, { word: 0, shift: 0 }, top)
  return finder.found
}

/** The copies of one composite, one for each tuple of elements that index it. */
interface Copies {
  readonly indices: readonly Family[]
  readonly starts: readonly Place[]
  /** The bits that move and say nothing of other elements: by word relative to the start, before the shift of the start. */
  readonly plain: Map<number, number>
}

class Finder {
  readonly found: Occurrence[] = []
  readonly #families: Families

  constructor(families: Families) {
    this.#families = families
  }

  processes({ processes }: Configuration, family: Family): void {
    const placed = family.ids.flatMap((id) => processes[id - 1] ?? [])
    const extent = placed[0]?.layout.extent ?? { bits: 1 }
    const plain = new Map<number, number>()
    if ('bits' in extent) plain.set(0, maskOf(extent.bits))
    else for (let word = 0; word < extent.words; word++) plain.set(word, -1)
    this.#close({ indices: [family], starts: placed.map((p) => p.place), plain })
  }

  record(node: RecordNode, fields: Fields, at: Place, copies: Copies): void {
    for (const member of node.members) this.#member(member, fields[member.name] as Field, at, copies)
  }

  #member({ node, place }: Member, field: Field, at: Place, copies: Copies): void {
    this.#node(node, field, { word: at.word + place.word, shift: at.shift + place.shift }, copies)
  }

  #node(node: Node, field: Field, at: Place, copies: Copies): void {
    if (node.kind === 'record' && field.kind === 'record') this.record(node, field.fields as Fields, at, copies)
    else if (node.kind === 'array' && field.kind === 'array') this.#array(node, field.domain, field.of as Field, at, copies)
    else if (node.kind === 'set' && field.kind === 'set') this.#set(node, field.domain, at, copies)
    else if (node.kind === 'scalar') this.#scalar(node.codec.bits, domainOf(field), at, copies)
  }

  #array(node: ArrayNode, domain: Domain, of: Field, at: Place, copies: Copies): void {
    const placeOf = (id: number): Place => {
      const { word, shift } = elementPlace(node, id - 1)
      return { word: at.word + word, shift: at.shift + shift }
    }
    for (const id of this.#fixed(domain, node.size)) this.#node(node.of, of, placeOf(id), copies)
    for (const family of this.#families.of(domain)) {
      const inner = spread(copies, family, placeOf)
      this.#node(node.of, of, { word: 0, shift: 0 }, inner)
      this.#close(inner)
    }
  }

  #set(node: SetNode, domain: Domain, at: Place, copies: Copies): void {
    const placeOf = (id: number): Place => ({ word: at.word, shift: at.shift + id - 1 })
    for (const id of this.#fixed(domain, node.size)) addPlain(copies, placeOf(id), 1)
    for (const family of this.#families.of(domain)) this.#close({ ...spread(copies, family, placeOf), plain: new Map([[0, 1]]) })
  }

  #scalar(bits: number, domain: Domain | undefined, at: Place, copies: Copies): void {
    const isReference = domain !== undefined && this.#families.of(domain).length > 0
    if (isReference) this.#add(copies, at, maskOf(bits), this.#families.pointsOf(domain))
    else addPlain(copies, at, maskOf(bits))
  }

  /** The elements of a domain that are in no family. */
  #fixed(domain: Domain, size: number): number[] {
    const points = this.#families.pointsOf(domain)
    return Array.from({ length: size }, (_, i) => i + 1).filter((id) => points[id] === -1)
  }

  /** Of a composite that is whole now: its plain bits. */
  #close(copies: Copies): void {
    for (const [word, mask] of copies.plain) this.#add(copies, { word, shift: 0 }, mask, undefined)
  }

  #add({ indices, starts }: Copies, at: Place, mask: number, points: Int32Array | undefined): void {
    const words = Int32Array.from(starts, (s) => s.word + at.word)
    const shifts = Int32Array.from(starts, (s) => s.shift + at.shift)
    this.found.push({ indices, words, shifts, mask, points })
  }
}

/** The copies of one element of an array or a set, for each element of the family. */
function spread({ indices, starts }: Copies, family: Family, placeOf: (id: number) => Place): Copies {
  const places = family.ids.map(placeOf)
  return {
    indices: [...indices, family],
    starts: starts.flatMap((s) => places.map((p) => ({ word: s.word + p.word, shift: s.shift + p.shift }))),
    plain: new Map(),
  }
}

function addPlain({ plain }: Copies, at: Place, mask: number): void {
  plain.set(at.word, (plain.get(at.word) ?? 0) | (mask << at.shift))
}

/** The domain that a scalar refers to. */
export function domainOf(field: Field): Domain | undefined {
  if (field.kind === 'ref') return field.domain
  return field.kind === 'domain' ? field : undefined
}

/** So many ones; -1 for 32. */
export function maskOf(bits: number): number {
  return bits === 32 ? -1 : 2 ** bits - 1
}
