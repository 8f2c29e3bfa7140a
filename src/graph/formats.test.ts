import { MultiDirectedGraph } from 'graphology'
import { parse } from 'graphology-gexf'
import { describe, expect, test } from 'vitest'
import { hostileTexts } from '../testing/hostile.js'
import { toDot } from './dot.js'
import { GraphBuilder } from './drawn-graph.js'
import { toFlowchart } from './flowchart.js'
import { toGexf } from './gexf.js'

/** Three nodes, of which one is marked, and a step between two of them that is taken twice. */
function graphOf(text: string) {
  const builder = new GraphBuilder()
  builder.node('first', { label: text, mark: 'start' })
  builder.node(`${text}!`, { label: text })
  builder.node('third', { label: '' })
  for (const _ of [1, 2]) builder.transition('first', `${text}!`, text)
  builder.transition(`${text}!`, 'third', '')
  return builder.build()
}

const read = (gexf: string) => parse(MultiDirectedGraph as unknown as Parameters<typeof parse>[0], gexf)

test('transitions of one step between the same nodes are one edge', () => {
  const graph = graphOf('step')
  expect(graph.mapDirectedEdges((_, { label }, from, to) => [from, to, label])).toEqual([
    ['first', 'step!', 'step (2)'],
    ['step!', 'third', ''],
  ])
})

test('DOT', () =>
  expect(toDot(graphOf('a "b" \\ c'), 'x')).toBe(`digraph "x" {
  node [shape=box]
  "first" [label="a \\"b\\" \\\\ c", style=bold]
  "a \\"b\\" \\\\ c!" [label="a \\"b\\" \\\\ c"]
  "third" [label=""]
  "first" -> "a \\"b\\" \\\\ c!" [label="a \\"b\\" \\\\ c (2)"]
  "a \\"b\\" \\\\ c!" -> "third"
}
`))

describe.each(hostileTexts)('with %j in it', (text) => {
  test('DOT has no line more, and no string that ends early', () => {
    const lines = toDot(graphOf(text), text).trimEnd().split('\n')
    expect(lines).toHaveLength(8)
    for (const line of lines.slice(2, -1))
      expect(line.replace(/"(?:[^"\\]|\\.)*"/g, 'S')).toMatch(/^ {2}S( -> S)?( \[label=S(, style=\w+)?\])?$/)
  })

  test('a flowchart has no line more, and no label that ends early', () => {
    const lines = toFlowchart(graphOf(text)).trimEnd().split('\n')
    expect(lines).toHaveLength(7)
    for (const line of lines.slice(1, -1)) expect(line).toMatch(/^ {2}n\d(\["[^"]+"\](:::start)?| -->(\|"[^"]+"\|)? n\d)$/)
  })

  test('GEXF has as many nodes and edges', () => {
    const graph = read(toGexf(graphOf(text)))
    expect([graph.order, graph.size]).toEqual([3, 2])
  })
})

test('GEXF is read back as it was', () => {
  const graph = read(toGexf(graphOf('a <b> & "c"')))
  expect(graph.mapNodes((_, { label, mark }) => [label, mark])).toEqual([
    ['a <b> & "c"', 'start'],
    ['a <b> & "c"', undefined],
    [undefined, undefined],
  ])
  expect(graph.mapEdges((_, { label }) => label)).toEqual(['a <b> & "c" (2)', undefined])
})
