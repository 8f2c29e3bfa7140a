/**
 * What one machine can do and another cannot, seen through a view. What a behaviour looks like is the sequence of the views of its states,
 * repetitions in a row left out: a step that changes nothing of the view is not seen. Of the behaviours of the first that look like none of the
 * second, this finds one with the fewest changes of the view.
 */
import type { ReachableGraph, ReachableStep } from './reachable.js'
import type { Trace } from './trace.js'

/** A graph, and what each of its states looks like. */
export interface Viewed {
  readonly graph: ReachableGraph
  readonly views: readonly string[]
}

/** A state of the first, and where the second may be when it has looked the same so far. */
interface Node {
  readonly state: number
  readonly others: readonly number[]
  readonly from: Node | undefined
  readonly by: ReachableStep | undefined
}

/** The behaviour, all of its steps; undefined where the second has everything that the first has. */
export function distinguish(first: Viewed, second: Viewed): Trace | undefined {
  const known = new Set<string>()
  const open = (nodes: readonly Node[]): Node[] =>
    nodes.filter(({ state, others }) => {
      const key = `${state}:${others.join()}`
      return !known.has(key) && known.add(key)
    })
  const { graph, views } = first
  const start = graph.initial.map((state): Node => {
    const others = second.graph.initial.filter((other) => second.views[other] === views[state])
    return { state, others: closed(second, others), from: undefined, by: undefined }
  })
  // One level for each change of the view; a level grows by the steps that are not seen.
  for (let level = open(start); level.length > 0; ) {
    const next: Node[] = []
    for (const node of level) {
      if (node.others.length === 0) return traceTo(graph, node)
      for (const by of graph.steps[node.state] ?? []) {
        const isSeen = views[by.to] !== views[node.state]
        const others = isSeen ? seenBy(second, node.others, views[by.to]) : node.others
        const to = { state: by.to, others, from: node, by }
        if (isSeen) next.push(to)
        else level.push(...open([to]))
      }
    }
    level = open(next)
  }
  return undefined
}

/** Where the other may be after a step that is seen as this view. */
function seenBy(second: Viewed, others: readonly number[], view: string | undefined): readonly number[] {
  const after = others.flatMap((other) => (second.graph.steps[other] ?? []).map((step) => step.to))
  return closed(
    second,
    after.filter((other) => second.views[other] === view),
  )
}

/** With what can be reached from there by steps that are not seen. */
function closed({ graph, views }: Viewed, from: readonly number[]): readonly number[] {
  const reached = new Set(from)
  for (const state of reached) {
    for (const { to } of graph.steps[state] ?? []) if (views[to] === views[state]) reached.add(to)
  }
  return [...reached].sort((a, b) => a - b)
}

function traceTo({ processes, states }: ReachableGraph, last: Node): Trace {
  const path: Node[] = []
  for (let node: Node | undefined = last; node !== undefined; node = node.from) path.unshift(node)
  return {
    processes,
    states: path.flatMap(({ state }) => states[state] ?? []),
    steps: path.flatMap(({ by }) => (by === undefined ? [] : [by.step])),
  }
}
