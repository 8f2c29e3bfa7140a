/**
 * Values in ITF, Apalache's trace format: every integer as `#bigint`, arrays over domains as `#map`, sets as `#set`, records as
 * objects.
 */
import { Map as ImmutableMap, Record as ImmutableRecord, Set as ImmutableSet, isMap, isSet } from 'immutable'
import type { Decoded, DecodedRecord } from '../../checker/index.js'

export type ItfValue =
  | boolean
  | string
  | { readonly '#bigint': string }
  | { readonly '#set': readonly ItfValue[] }
  | { readonly '#map': readonly (readonly [ItfValue, ItfValue])[] }
  | readonly ItfValue[]
  | { readonly [field: string]: ItfValue }

export function toItfValue(value: Decoded): ItfValue {
  if (typeof value === 'number') return { '#bigint': String(value) }
  if (typeof value !== 'object') return value
  if (isSet(value)) return { '#set': [...(value as ImmutableSet<number>)].sort((a, b) => a - b).map(toItfValue) }
  if (isMap(value)) {
    return { '#map': [...(value as ImmutableMap<number, Decoded>)].map(([key, of]) => [toItfValue(key), toItfValue(of)] as const) }
  }
  return toItfRecord(value as DecodedRecord)
}

export function toItfRecord(record: DecodedRecord): { readonly [field: string]: ItfValue } {
  return Object.fromEntries(Object.entries(record.toObject()).map(([name, of]) => [name, toItfValue(of)]))
}

/** A value that is not what it should be; the message names the place. */
export class ItfError extends Error {}

/** No value of a spec is nested as deeply as this. */
const DEEPEST = 32

/**
 * @param path names the place in messages
 * @throws ItfError
 */
export function fromItfValue(json: unknown, path: string, depth = 0): Decoded {
  if (depth > DEEPEST) throw new ItfError(`${path}: is nested more than ${DEEPEST} deep`)
  if (typeof json === 'boolean' || typeof json === 'string') return json
  if (typeof json === 'number') return integer(json, path)
  if (!isObject(json)) throw unexpected(json, path, 'a boolean, a string, an integer, a #set, a #map or a record')
  if ('#bigint' in json) return bigint(json['#bigint'], path)
  if ('#set' in json) return set(json['#set'], path)
  if ('#map' in json) return map(json['#map'], path, depth)
  return fromItfRecord(json, path, depth)
}

/** @throws ItfError */
export function fromItfRecord(json: unknown, path: string, depth = 0): DecodedRecord {
  if (!isObject(json)) throw unexpected(json, path, 'a record')
  const fields = Object.entries(json).map(([name, of]) => {
    if (!isFieldName(name)) throw new ItfError(`${path}: '${name}' cannot name a field`)
    return [name, fromItfValue(of, `${path}.${name}`, depth + 1)] as const
  })
  return ImmutableRecord<{ [field: string]: Decoded }>(Object.fromEntries(fields))()
}

/** What the checker itself takes as the name of a field. */
function isFieldName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !(name in emptyRecord)
}

const emptyRecord: object = ImmutableRecord({})()

function bigint(json: unknown, path: string): number {
  if (typeof json !== 'string' || !/^-?\d+$/.test(json)) throw unexpected(json, path, 'digits in #bigint')
  return integer(Number(json), path)
}

function integer(value: number, path: string): number {
  if (!Number.isSafeInteger(value)) throw unexpected(value, path, 'an integer of at most 53 bits')
  return value
}

function set(json: unknown, path: string): ImmutableSet<number> {
  if (!Array.isArray(json)) throw unexpected(json, path, 'a list in #set')
  return ImmutableSet(json.map((element, i) => ordinal(element, `${path}{${i}}`)))
}

function map(json: unknown, path: string, depth: number): ImmutableMap<number, Decoded> {
  if (!Array.isArray(json)) throw unexpected(json, path, 'a list of pairs in #map')
  const pairs = json.map((pair: unknown, i): [number, Decoded] => {
    if (!Array.isArray(pair) || pair.length !== 2) throw unexpected(pair, `${path}, pair ${i} of #map`, 'a key and a value')
    const key = ordinal(pair[0], `${path}, key ${i}`)
    return [key, fromItfValue(pair[1], `${path}[${key}]`, depth + 1)]
  })
  return ImmutableMap(pairs)
}

function ordinal(json: unknown, path: string): number {
  const value = typeof json === 'number' || isObject(json) ? fromItfValue(json, path) : undefined
  if (typeof value !== 'number') throw unexpected(json, path, 'an integer')
  return value
}

function isObject(json: unknown): json is Record<string, unknown> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function unexpected(json: unknown, path: string, expected: string): ItfError {
  const came = JSON.stringify(json) ?? String(json)
  return new ItfError(`${path}: expected ${expected}, came ${came.length > 60 ? `${came.slice(0, 60)}…` : came}`)
}
