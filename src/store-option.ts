/** The option --store: where a search keeps its states. */
import type { StoreKind } from '../checker/index.js'
import { nearest } from './nearest.js'
import { badArguments } from './refusal.js'

export type Store =
  | { readonly kind: Exclude<StoreKind, 'duckdb'>; readonly text: string }
  | { readonly kind: 'duckdb'; readonly file: string; readonly text: string }

const plain = ['memory', 'compact', 'bitstate'] as const
const expected = 'memory, compact, bitstate, duckdb:FILE'

/** May only one worker use it? */
export function isForOne({ kind }: Store): boolean {
  return kind === 'compact' || kind === 'bitstate'
}

/** @throws Refusal where it is none, or given twice */
export function storeOf(given: string | readonly string[]): Store {
  if (typeof given !== 'string') throw badArguments(`--store was given ${given.length} times; expected once`)
  const kind = plain.find((name) => name === given)
  if (kind !== undefined) return { kind, text: given }
  const [, file = ''] = /^duckdb:(.*)$/s.exec(given) ?? []
  if (file !== '') return { kind: 'duckdb', file, text: given }
  const [near] = nearest(given, [...plain, 'duckdb:'], 3)
  throw badArguments(`--store was given '${given}'; expected ${expected}${near === undefined ? '' : `; did you mean ${near}?`}`)
}
