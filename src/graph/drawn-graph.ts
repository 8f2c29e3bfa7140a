/** Graphs to be drawn: what each node and edge is called. In graphology, so that whoever has one can go on with its algorithms. */
import { MultiDirectedGraph } from 'graphology'

export interface NodeLook {
  readonly label: string
  /** Begins here; is on the way to a violation; is where it ends. */
  readonly mark?: 'start' | 'way' | 'end'
}

export interface EdgeLook {
  /** Of a step, and how many transitions it stands for where that is more than one. */
  readonly label: string
}

export type DrawnGraph = MultiDirectedGraph<NodeLook, EdgeLook>

/** Gathers transitions: those of one step between the same two nodes are one edge. */
export class GraphBuilder {
  readonly #nodes = new Map<string, NodeLook>()
  readonly #edges = new Map<string, { readonly from: string; readonly to: string; readonly step: string; times: number }>()

  /** A node that is there keeps how it looks. */
  node(id: string, look: NodeLook): void {
    if (!this.#nodes.has(id)) this.#nodes.set(id, look)
  }

  transition(from: string, to: string, step: string): void {
    const key = JSON.stringify([from, to, step])
    const known = this.#edges.get(key)
    if (known === undefined) this.#edges.set(key, { from, to, step, times: 1 })
    else known.times++
  }

  /** In the order in which things were first met. */
  build(): DrawnGraph {
    const graph: DrawnGraph = new MultiDirectedGraph()
    for (const [id, look] of this.#nodes) graph.addNode(id, look)
    for (const [key, { from, to, step, times }] of this.#edges) {
      graph.addDirectedEdgeWithKey(key, from, to, { label: times === 1 ? step : `${step} (${times})` })
    }
    return graph
  }
}
