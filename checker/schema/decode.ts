/** Packed state to the values that people see: Immutable Records, Maps keyed by ordinal, and Sets. */
import { Map as ImmutableMap, Record as ImmutableRecord, Set as ImmutableSet } from 'immutable'
import { decodeScalar, type Value } from './codec.js'
import { type ArrayNode, elementPlace, type Node, type RecordNode } from './layout.js'

/** A decoded value: a scalar, or an Immutable Record, Map or Set of decoded values. */
export type Decoded = Value | ImmutableMap<number, Decoded> | ImmutableSet<number> | DecodedRecord
export type DecodedRecord = ImmutableRecord<{ [field: string]: Decoded }> & Readonly<{ [field: string]: Decoded }>

export type Decoder<D> = (w: Int32Array, word: number, shift: number) => D

/** A function that decodes the field whose composite starts at a given word and shift. */
export function decoder(node: Node, name: string): Decoder<Decoded> {
  switch (node.kind) {
    case 'scalar': {
      const mask = 2 ** node.codec.bits - 1
      return (w, word, shift) => decodeScalar(node.codec, ((w[word] as number) >>> shift) & mask)
    }
    case 'set':
      return (w, word, shift) => {
        const bits = (w[word] as number) >>> shift
        return ImmutableSet(Array.from({ length: node.size }, (_, i) => i + 1).filter((i) => (bits >>> (i - 1)) & 1))
      }
    case 'array':
      return arrayDecoder(node, name)
    case 'record':
      return recordDecoder(node, name)
  }
}

export function recordDecoder(node: RecordNode, name: string): Decoder<DecodedRecord> {
  const members = node.members.map((m) => ({ ...m, decode: decoder(m.node, m.name) }))
  const empty = Object.fromEntries(members.map((m) => [m.name, 0 as Decoded]))
  const Factory = ImmutableRecord<{ [field: string]: Decoded }>(empty, name)
  return (w, word, shift) =>
    Factory(Object.fromEntries(members.map((m) => [m.name, m.decode(w, word + m.place.word, shift + m.place.shift)])))
}

function arrayDecoder(node: ArrayNode, name: string): Decoder<Decoded> {
  const decode = decoder(node.of, name)
  return (w, word, shift) =>
    ImmutableMap(
      Array.from({ length: node.size }, (_, i) => {
        const place = elementPlace(node, i)
        return [i + 1, decode(w, word + place.word, shift + place.shift)] as const
      }),
    )
}
