/** The shortest way into a part of the graph that never leaves a scope. */
import type { Scope } from './fair-component.js'
import type { Hop } from './loop.js'
import type { StateGraph } from './state-graph.js'

const UNSEEN = -2
const ROOT = -1

/** States that are visited before it yields. */
const TURN = 1 << 12

/** From one of the scope's roots. */
export interface Way {
  readonly root: number
  readonly hops: readonly Hop[]
}

/** @returns undefined where no way leads there */
export function* wayInto(graph: StateGraph, scope: Scope, isThere: (id: number) => boolean): Generator<undefined, Way | undefined> {
  const parents = new Int32Array(graph.size).fill(UNSEEN)
  let frontier: number[] = []
  for (const root of scope.roots()) {
    if (!scope.has(root) || parents[root] !== UNSEEN) continue
    parents[root] = ROOT
    frontier.push(root)
  }
  let turn = 0
  while (frontier.length > 0) {
    const there = frontier.find(isThere)
    if (there !== undefined) return follow(graph, parents, there)
    const next: number[] = []
    for (const id of frontier) {
      graph.expand(id, (child) => {
        if (!scope.has(child) || parents[child] !== UNSEEN) return
        parents[child] = id
        next.push(child)
      })
      if (++turn % TURN === 0) yield undefined
    }
    frontier = next
  }
  return undefined
}

function follow(graph: StateGraph, parents: Int32Array, there: number): Way {
  const hops: Hop[] = []
  let at = there
  for (let parent = parents[at] as number; parent !== ROOT; parent = parents[at] as number) {
    hops.push(hopBetween(graph, parent, at))
    at = parent
  }
  return { root: at, hops: hops.reverse() }
}

/** The first step from one state to another. */
function hopBetween(graph: StateGraph, parent: number, child: number): Hop {
  let hop: Hop | undefined
  graph.expand(parent, (to, _, kind) => {
    if (to === child) hop ??= { parent, child, ...graph.stepOf(kind) }
  })
  if (hop === undefined) throw new Error(`no step leads from state ${parent} to ${child}`)
  return hop
}
