/** A graph as a Mermaid flowchart. */
import { mermaidText } from '../report/mermaid-text.js'
import type { DrawnGraph, NodeLook } from './drawn-graph.js'

const classes: Readonly<Record<NonNullable<NodeLook['mark']>, string>> = {
  start: 'stroke-width:3px',
  way: 'fill:#fff3c4,color:#1d1f21',
  end: 'fill:#f6c4c0,color:#1d1f21',
}

export function toFlowchart(graph: DrawnGraph): string {
  const names = new Map(graph.nodes().map((id, i) => [id, `n${i}`]))
  const nodes = graph.mapNodes((id, { label, mark }) => `  ${names.get(id)}["${mermaidText(label || ' ')}"]${mark ? `:::${mark}` : ''}`)
  const edges = graph.mapDirectedEdges((_, { label }, from, to) => {
    return `  ${names.get(from)} -->${label === '' ? '' : `|"${mermaidText(label)}"|`} ${names.get(to)}`
  })
  const used = Object.entries(classes).filter(([mark]) => graph.someNode((_, look) => look.mark === mark))
  return `${['flowchart TD', ...nodes, ...edges, ...used.map(([mark, style]) => `  classDef ${mark} ${style}`)].join('\n')}\n`
}
