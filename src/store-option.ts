/** The option --store: where a search keeps its states. */
import type { StoreKind } from '../checker/index.js'
import { nearest } from './nearest.js'
import { badArguments } from './refusal.js'

export type Store =
  | { readonly kind: Exclude<StoreKind, 'duckdb' | 'duckdb-compact' | 'clickhouse'>; readonly text: string }
  | { readonly kind: 'duckdb' | 'duckdb-compact'; readonly file: string; readonly text: string }
  | { readonly kind: 'clickhouse'; readonly urls: readonly string[]; readonly text: string }

const plain = ['memory', 'compact', 'bitstate'] as const
const expected = 'memory, compact, bitstate, duckdb:FILE, duckdb-compact:FILE, clickhouse:URL,URL'

/** May it miss states, and show another counterexample than one that does not? */
export function isLossy({ kind }: Store): boolean {
  return kind === 'compact' || kind === 'bitstate'
}

/** May only one worker use it? */
export function isForOne(store: Store): boolean {
  return isLossy(store) || store.kind === 'clickhouse'
}

/** @throws Refusal where it is none, or given twice */
export function storeOf(given: string | readonly string[]): Store {
  if (typeof given !== 'string') throw badArguments(`--store was given ${given.length} times; expected once`)
  const kind = plain.find((name) => name === given)
  if (kind !== undefined) return { kind, text: given }
  const [, compact, file = ''] = /^duckdb(-compact)?:(.*)$/s.exec(given) ?? []
  if (file !== '') return { kind: compact === undefined ? 'duckdb' : 'duckdb-compact', file, text: given }
  const [, urls = ''] = /^clickhouse:(.*)$/s.exec(given) ?? []
  if (urls !== '') return { kind: 'clickhouse', urls: urlsOf(urls), text: given }
  const [near] = nearest(given, [...plain, 'duckdb:', 'duckdb-compact:', 'clickhouse:'], 3)
  throw badArguments(`--store was given '${given}'; expected ${expected}${near === undefined ? '' : `; did you mean ${near}?`}`)
}

function urlsOf(text: string): readonly string[] {
  const urls = text.split(',')
  const isUrl = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  const wrong = urls.find((url) => !isUrl(url)) ?? urls.find((url, i) => urls.indexOf(url) < i)
  if (wrong === undefined) return urls
  throw badArguments(`--store clickhouse was given '${wrong}'; expected URLs of different servers, such as http://one:8123,http://two:8123`)
}
