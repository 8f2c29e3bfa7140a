/** What the spec's small scenario can show: everything that a slot can do with few counts. */
import { type ReachableGraph, reachable } from '../../checker/index.js'
import type { RecordedSpec } from '../../specs/index.js'
import { nameOf } from './slot-runs.js'

export interface Possible {
  readonly labels: ReadonlySet<string>
  /** `before -> after`: an event, and one that may be the next of the slot, without the bytes that they change. */
  readonly pairs: ReadonlySet<string>
}

const MOST_STATES = 100_000

export function possible({ observer, small }: RecordedSpec): Possible {
  const graph = reachable(small, MOST_STATES)
  if (graph === undefined) throw new Error(`${small.id} has more than ${MOST_STATES} states`)
  const arrows = arrowsOf(graph, observer)
  const labels = new Set<string>()
  const pairs = new Set<string>()
  const next = arrows.map((_, from) => namesAfter(arrows, from))
  for (const { label, to } of arrows.flat()) {
    if (label === undefined) continue
    labels.add(label)
    for (const name of next[to] ?? []) pairs.add(`${nameOf(label)} -> ${name}`)
  }
  return { labels, pairs }
}

interface Arrow {
  /** Undefined: a hidden step. */
  readonly label: string | undefined
  /** Index of a state. */
  readonly to: number
}

function arrowsOf({ states, steps }: ReachableGraph, observer: RecordedSpec['observer']): Arrow[][] {
  // A decoded state has the fields that a view has.
  const shown = states.map(({ variables }) => observer.shows(variables))
  return steps.map((from, i) => from.map(({ step, to }) => ({ label: observer.label(step.step, shown[i] ?? 0, shown[to] ?? 0), to })))
}

/** What may be seen next in a state, hidden steps taken. */
function namesAfter(arrows: readonly (readonly Arrow[])[], from: number): Set<string> {
  const names = new Set<string>()
  const seen = new Set([from])
  for (const state of seen) {
    for (const { label, to } of arrows[state] ?? []) {
      if (label === undefined) seen.add(to)
      else names.add(nameOf(label))
    }
  }
  return names
}
