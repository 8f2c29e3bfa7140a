/** What several recordings show together. */
import type { Tally, Times } from './slot-runs.js'

export function mergeTallies(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  const counts = (of: (tally: Tally) => ReadonlyMap<string, number>): Map<string, number> => merged(tallies.map(of), 0, (a, b) => a + b)
  const none: Times = { surely: 0, maybe: 0 }
  const add = (a: Times, b: Times): Times => ({ surely: a.surely + b.surely, maybe: a.maybe + b.maybe })
  return {
    ...{ events: sum((t) => t.events), held: sum((t) => t.held), slots: sum((t) => t.slots), sets: sum((t) => t.sets) },
    ...{ labels: counts((t) => t.labels), pairs: counts((t) => t.pairs) },
    steps: merged(
      tallies.map((t) => t.steps),
      none,
      add,
    ),
  }
}

function merged<T>(maps: readonly ReadonlyMap<string, T>[], none: T, add: (a: T, b: T) => T): Map<string, T> {
  const all = new Map<string, T>()
  for (const map of maps) for (const [name, value] of map) all.set(name, add(all.get(name) ?? none, value))
  return all
}
