/** What has come of expanding states, besides the states: sums, and what was shown on the way. */
export interface Work {
  readonly generated: number
  /** How often each step has fired, in order of declaration. */
  readonly coverage: readonly number[]
  /** Names of the properties that waited for a state to show something, and one has. */
  readonly settled: readonly string[]
  /** The protections that stood in the way of some step. */
  readonly asked: readonly string[]
}

export const noWork: Work = { generated: 0, coverage: [], settled: [], asked: [] }

export function plus(one: Work, other: Work): Work {
  return { ...combined(one, other, 1), settled: union(one.settled, other.settled), asked: union(one.asked, other.asked) }
}

/** What is left of the sums without those of a part of it; what that part has shown stays. */
export function minus(all: Work, part: Work): Work {
  return { ...combined(all, part, -1), settled: all.settled, asked: all.asked }
}

function combined(one: Work, other: Work, sign: 1 | -1): Pick<Work, 'generated' | 'coverage'> {
  const length = Math.max(one.coverage.length, other.coverage.length)
  const coverage = Array.from({ length }, (_, i) => (one.coverage[i] ?? 0) + sign * (other.coverage[i] ?? 0))
  return { generated: one.generated + sign * other.generated, coverage }
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])]
}
