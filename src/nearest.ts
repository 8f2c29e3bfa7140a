/** The right names that are nearest to a wrong one. */

/**
 * @param candidates the right names
 * @param within leaves out names that are further away, in edits; a name that contains the wrong one is at distance 0
 * @returns at most three, nearest first
 */
export function nearest(wrong: string, candidates: readonly string[], within = Number.POSITIVE_INFINITY): string[] {
  return candidates
    .map((name) => ({ name, distance: name.includes(wrong) ? 0 : editDistance(wrong, name) }))
    .filter(({ distance }) => distance <= within)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Levenshtein's distance: characters inserted, deleted or replaced. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, replaced))
    }
    row = next
  }
  return row[b.length] ?? 0
}
