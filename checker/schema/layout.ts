/**
 * Where each field of a state lies in its 32-bit words.
 *
 * A scalar never straddles two words. Whatever fits in 32 bits is *small*: it is packed beside others, and its elements share words. What
 * does not is *large*: it starts on a word of its own. Places inside a composite are relative to its start, so that all
 * elements of an array share one accessor class.
 */
import { Record as ImmutableRecord } from 'immutable'
import { SpecFault } from '../fault.js'
import { type Codec, codecOf } from './codec.js'
import type { Domain } from './domain.js'
import type { Field, ScalarField } from './field.js'

/** Bits for what shares a word (1..32), whole words for what does not. */
export type Extent = { readonly bits: number } | { readonly words: number }

/** A position relative to the start of the composite around it. */
export interface Place {
  readonly word: number
  readonly shift: number
}

export interface ScalarNode {
  readonly kind: 'scalar'
  readonly codec: Codec
  readonly extent: { readonly bits: number }
}
export interface SetNode {
  readonly kind: 'set'
  readonly size: number
  readonly extent: { readonly bits: number }
}
export interface ArrayNode {
  readonly kind: 'array'
  readonly domain: Domain
  readonly size: number
  readonly of: Node
  readonly extent: Extent
}
export interface RecordNode {
  readonly kind: 'record'
  readonly members: readonly Member[]
  readonly extent: Extent
}
export interface Member {
  readonly name: string
  readonly node: Node
  readonly place: Place
}
export type Node = ScalarNode | SetNode | ArrayNode | RecordNode

/** How many elements a domain has in the configuration at hand. */
export type SizeOf = (domain: Domain) => number

/**
 * Lays out one field.
 *
 * @throws SpecFault where a range is empty, or wider than a word allows; `path` names the field in the message
 */
export function layout(field: Field, sizeOf: SizeOf, path: string): Node {
  switch (field.kind) {
    case 'set': {
      const size = sizeOf(field.domain)
      if (size > 31) throw new SpecFault('schema', `${path}: a set holds at most 31 elements; domain '${field.domain.name}' has ${size}`)
      return { kind: 'set', size, extent: { bits: size } }
    }
    case 'array': {
      const size = sizeOf(field.domain)
      const of = layout(field.of as Field, sizeOf, `${path}[]`)
      return { kind: 'array', domain: field.domain, size, of, extent: arrayExtent(of.extent, size) }
    }
    case 'record': {
      const nodes = Object.entries(field.fields as Record<string, Field>).map(([name, inner]) => ({
        name: checkedName(name, path),
        node: layout(inner, sizeOf, path === '' ? name : `${path}.${name}`),
      }))
      const { places, extent } = pack(nodes.map((n) => n.node.extent))
      return { kind: 'record', members: nodes.map((n, i) => ({ ...n, place: placeAt(places, i) })), extent }
    }
    default:
      return scalar(field, sizeOf, path)
  }
}

function scalar(field: ScalarField, sizeOf: SizeOf, path: string): ScalarNode {
  const codec = codecOf(field, sizeOf, path)
  return { kind: 'scalar', codec, extent: { bits: codec.bits } }
}

/**
 * The name of a field, an argument or a local.
 *
 * @throws SpecFault where it is no identifier, or is taken: traces are made of Immutable's records, which have members of their own
 */
export function checkedName(name: string, path: string): string {
  const isTaken = name in emptyRecord
  if (/^[A-Za-z_]\w*$/.test(name) && !isTaken) return name
  const why = isTaken ? 'the records in traces have a member of that name' : 'use letters, digits and _'
  throw new SpecFault('schema', `${path || 'state'}: '${name}' cannot name a field; ${why}`)
}

const emptyRecord: object = ImmutableRecord({})()

/** Where element `index` of an array starts, relative to the array. */
export function elementPlace(array: ArrayNode, index: number): Place {
  const { extent } = array.of
  if ('words' in extent) return { word: index * extent.words, shift: 0 }
  const perWord = Math.floor(32 / extent.bits)
  return { word: Math.floor(index / perWord), shift: (index % perWord) * extent.bits }
}

function arrayExtent(element: Extent, size: number): Extent {
  if ('words' in element) return { words: element.words * size }
  if (element.bits * size <= 32) return { bits: element.bits * size }
  return { words: Math.ceil(size / Math.floor(32 / element.bits)) }
}

/** Places a list of extents: the large ones first, then the small ones, widest first, each in the first word with room. */
export function pack(extents: readonly Extent[]): { places: Place[]; extent: Extent } {
  const places: Place[] = new Array(extents.length)
  let words = 0
  extents.forEach((extent, i) => {
    if (!('words' in extent)) return
    places[i] = { word: words, shift: 0 }
    words += extent.words
  })
  const used: number[] = []
  for (const { bits, i } of widestFirst(extents)) {
    let bin = used.findIndex((taken) => taken + bits <= 32)
    if (bin < 0) bin = used.push(0) - 1
    places[i] = { word: words + bin, shift: used[bin] ?? 0 }
    used[bin] = (used[bin] ?? 0) + bits
  }
  const fitsOneWord = words === 0 && used.length <= 1
  return { places, extent: fitsOneWord ? { bits: Math.max(used[0] ?? 0, 1) } : { words: words + used.length } }
}

function widestFirst(extents: readonly Extent[]): { bits: number; i: number }[] {
  return extents.flatMap((e, i) => ('bits' in e ? [{ bits: e.bits, i }] : [])).sort((a, b) => b.bits - a.bits || a.i - b.i)
}

/** Places a list of scalars one after another from `start`, none across a word: for frames that overlay each other. */
export function packFrom(start: Place, extents: readonly { readonly bits: number }[]): { places: Place[]; end: Place } {
  let { word, shift } = start
  const places = extents.map(({ bits }) => {
    if (shift + bits > 32) {
      word++
      shift = 0
    }
    const place = { word, shift }
    shift += bits
    return place
  })
  return { places, end: { word, shift } }
}

function placeAt(places: readonly Place[], index: number): Place {
  const place = places[index]
  if (place === undefined) throw new Error(`no place ${index}`)
  return place
}
