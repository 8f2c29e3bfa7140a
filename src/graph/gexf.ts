/** A graph for Gephi: GEXF 1.3. */
import { MultiDirectedGraph } from 'graphology'
import { write } from 'graphology-gexf'
import { printableLine } from '../printable.js'
import type { DrawnGraph } from './drawn-graph.js'

export function toGexf(graph: DrawnGraph): string {
  return `${write(numbered(graph), {
    version: '1.3',
    formatNode: (_, { label, mark }) => ({ label: printableLine(label), attributes: mark === undefined ? {} : { mark } }),
    formatEdge: (_, { label }) => ({ label: printableLine(label) }),
  })}\n`
}

/** The same with plain keys: XML has no way to write every character. */
function numbered(graph: DrawnGraph): DrawnGraph {
  const copy: DrawnGraph = new MultiDirectedGraph()
  const keys = new Map(graph.nodes().map((id, i) => [id, `n${i}`]))
  graph.forEachNode((id, look) => copy.addNode(keys.get(id), look))
  graph.edges().forEach((edge, i) => {
    const [from, to] = graph.extremities(edge)
    copy.addDirectedEdgeWithKey(`e${i}`, keys.get(from), keys.get(to), graph.getEdgeAttributes(edge))
  })
  return copy
}
