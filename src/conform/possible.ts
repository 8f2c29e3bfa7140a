/** What the spec's small scenario can show: everything that a slot can do with few counts. */
import { type ReachableGraph, reachable } from '../../checker/index.js'
import type { RecordedSpec } from '../../specs/index.js'
import { nameOf } from './slot-runs.js'

export interface Possible {
  readonly labels: ReadonlySet<string>
  /** `before -> after`: an event, and one that another thread may do next to the slot, without the bytes that they change. */
  readonly pairs: ReadonlySet<string>
}

const MOST_STATES = 100_000

export function possible({ observer, small }: RecordedSpec): Possible {
  const graph = reachable(small, MOST_STATES)
  if (graph === undefined) throw new Error(`${small.id} has more than ${MOST_STATES} states`)
  const arrows = arrowsOf(graph, observer)
  const labels = new Set<string>()
  const pairs = new Set<string>()
  const next = arrows.map((_, from) => visibleAfter(arrows, from))
  for (const { label, process, to } of arrows.flat()) {
    if (label === undefined) continue
    labels.add(label)
    for (const after of next[to] ?? []) {
      if (after.begins || after.process !== process) pairs.add(`${nameOf(label)} -> ${nameOf(after.label ?? '')}`)
    }
  }
  return { labels, pairs }
}

interface Arrow {
  /** Undefined: a hidden step. */
  readonly label: string | undefined
  /** Index of the process; undefined for an action. */
  readonly process: number | undefined
  /** Is the process in the middle of nothing, so that any thread may take the step? */
  readonly begins: boolean
  /** Index of a state. */
  readonly to: number
}

function arrowsOf({ states, steps, initial }: ReachableGraph, observer: RecordedSpec['observer']): Arrow[][] {
  // A decoded state has the fields that a view has.
  const shown = states.map(({ variables }) => observer.shows(variables))
  const resting = states[initial[0] ?? 0]?.processes.map(({ at }) => at) ?? []
  return steps.map((from, i) =>
    from.map(({ step: { step, process }, to }) => ({
      label: observer.label(step, shown[i] ?? 0, shown[to] ?? 0),
      process,
      begins: process === undefined || states[i]?.processes[process]?.at === resting[process],
      to,
    })),
  )
}

/** What may be seen next in a state, hidden steps taken. */
function visibleAfter(arrows: readonly (readonly Arrow[])[], from: number): Arrow[] {
  const visible: Arrow[] = []
  const seen = new Set([from])
  for (const state of seen) {
    for (const arrow of arrows[state] ?? []) {
      if (arrow.label === undefined) seen.add(arrow.to)
      else visible.push(arrow)
    }
  }
  return visible
}
