/** Values and paths as people read them. */
import { type Set as ImmutableSet, isMap, isSet } from 'immutable'
import type { Decoded, DecodedRecord, Field, Path } from '../../checker/index.js'

/** Names bare, sets as `{1,2}`, NULL for a reference to nothing. */
export function formatValue(value: Decoded | undefined, field?: Field): string {
  if (value === undefined) return 'nothing'
  if (value === 0 && (field?.kind === 'ref' || field?.kind === 'domain')) return 'NULL'
  if (typeof value !== 'object') return String(value)
  if (isSet(value)) return `{${[...(value as ImmutableSet<number>)].sort((a, b) => a - b).join(',')}}`
  const inner = isMap(value) ? [...(value as ReadonlyMap<number, Decoded>)] : Object.entries((value as DecodedRecord).toObject())
  return `{ ${inner.map(([key, of]) => `${key}: ${formatValue(of)}`).join(', ')} }`
}

/** `desc[1].swap_refs`. */
export function formatPath(path: Path): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('')
}
