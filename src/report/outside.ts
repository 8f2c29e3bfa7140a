/** Where a search has put the states that memory did not take, in words. */
import type { Report } from '../../checker/index.js'
import { formatSize } from './size.js'

/** A line, or none where all are in memory. */
export function outsideLine({ store, outside, distinct }: Pick<Report, 'store' | 'outside' | 'distinct'>): string[] {
  if (outside === undefined) return []
  const { name, bytes } = outside
  const each = `${(bytes / Math.max(1, distinct)).toFixed(1)} bytes for a state`
  const why = store === 'memory' ? 'the memory was full, and the search went on on disk' : `the states are in ${name}`
  return [`${why}: ${formatSize(bytes)}, ${each}`]
}
