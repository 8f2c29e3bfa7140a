/** What was recorded, and what it shows of the spec. */

export interface Tally {
  /** All events, and those that are steps. */
  readonly events: number
  readonly held: number
  readonly slots: number
  /** How many sets of states the automaton needed. */
  readonly sets: number
  /** How often each label was seen: an event with the byte of swap_map before and after it. */
  readonly labels: ReadonlyMap<string, number>
  /** How often each step was seen, by its name. */
  readonly steps: ReadonlyMap<string, Times>
  /** How often an event followed one of another processor on the same slot, by `before -> after`. */
  readonly pairs: ReadonlyMap<string, number>
}

/** How often a step was seen: where it is the only one that explains the event, and where it is one of several. */
export interface Times {
  readonly surely: number
  readonly maybe: number
}

/** What some of the slots show. */
export interface PartialTally extends Pick<Tally, 'slots' | 'labels' | 'steps' | 'pairs'> {
  /** The sets of states by `Automaton.keyOf`. */
  readonly sets: readonly string[]
}

/** What all slots of a recording show together: a set of states that several threads found is one. */
export function tallyOf(events: number, held: number, parts: readonly PartialTally[]): Tally {
  const sets = new Set(parts.flatMap((part) => part.sets)).size
  return { events, held, slots: sumOf(parts.map(({ slots }) => slots)), sets, ...mergeCounts(parts) }
}

/** What several recordings show together. */
export function mergeTallies(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number => sumOf(tallies.map(of))
  const figures = { events: sum((t) => t.events), held: sum((t) => t.held), slots: sum((t) => t.slots), sets: sum((t) => t.sets) }
  return { ...figures, ...mergeCounts(tallies) }
}

function mergeCounts(parts: readonly Pick<Tally, 'labels' | 'steps' | 'pairs'>[]): Pick<Tally, 'labels' | 'steps' | 'pairs'> {
  const add = (a: number, b: number): number => a + b
  const addTimes = (a: Times, b: Times): Times => ({ surely: a.surely + b.surely, maybe: a.maybe + b.maybe })
  return {
    labels: merged(
      parts.map(({ labels }) => labels),
      0,
      add,
    ),
    steps: merged(
      parts.map(({ steps }) => steps),
      { surely: 0, maybe: 0 },
      addTimes,
    ),
    pairs: merged(
      parts.map(({ pairs }) => pairs),
      0,
      add,
    ),
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, n) => sum + n, 0)
}

function merged<T>(maps: readonly ReadonlyMap<string, T>[], none: T, add: (a: T, b: T) => T): Map<string, T> {
  const all = new Map<string, T>()
  for (const map of maps) for (const [name, value] of map) all.set(name, add(all.get(name) ?? none, value))
  return all
}
