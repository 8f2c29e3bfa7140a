/** A graph for Graphviz. */
import type { DrawnGraph, NodeLook } from './drawn-graph.js'

const styles: Readonly<Record<NonNullable<NodeLook['mark']>, string>> = {
  start: 'style=bold',
  way: 'style=filled, fillcolor="#fff3c4"',
  end: 'style=filled, fillcolor="#f6c4c0"',
}

export function toDot(graph: DrawnGraph, name: string): string {
  const nodes = graph.mapNodes((id, { label, mark }) => {
    const style = mark === undefined ? '' : `, ${styles[mark]}`
    return `  ${quoted(id)} [label=${quoted(label)}${style}]`
  })
  const edges = graph.mapDirectedEdges((_, { label }, from, to) => {
    return `  ${quoted(from)} -> ${quoted(to)}${label === '' ? '' : ` [label=${quoted(label)}]`}`
  })
  return `${[`digraph ${quoted(name)} {`, '  node [shape=box]', ...nodes, ...edges, '}'].join('\n')}\n`
}

/** In DOT a backslash at the end of a string would take its quote for a part of it, and others are escapes in labels. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`
}
