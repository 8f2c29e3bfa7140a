import { expect, test } from 'vitest'
import type { PageTrace } from '../page-data.js'
import { boxesOf, curve, sizeOf } from './boxes.js'
import { arrowsAt } from './drawn-arrows.js'

/** Two PTEs, a folio and what says whether it is there. */
function traceOf(...states: readonly (readonly string[])[]): PageTrace {
  const object = (name: string, life: number) => ({ name, life, fields: [] })
  const arrow = (from: string, variable: number) => ({ from, label: 'folio', variable, domain: 'folio' })
  return {
    lanes: [],
    steps: [],
    variables: ['pte[1].folio', 'pte[2].folio', 'folio[1].life'].map((path, i) => ({ path, initial: i < 2 ? 'NULL' : 'free' })),
    states: states.map((values) => ({ values, processes: [] })),
    drawing: {
      columns: [[object('pte[1]', -1), object('pte[2]', -1)], [object('folio[1]', 2)]],
      arrows: [arrow('pte[1]', 0), arrow('pte[2]', 1)],
    },
  }
}

const kindsOf = (trace: PageTrace, at: number) => arrowsAt(trace, at).map(({ from, to, kind, isNew }) => [from, to, kind, isNew])

test('an arrow is there while its variable refers to something', () => {
  const trace = traceOf(['NULL', 'NULL', 'live'], ['1', 'NULL', 'live'])
  expect([kindsOf(trace, 0), kindsOf(trace, 1)]).toEqual([[], [['pte[1]', 'folio[1]', 'sound', true]]])
})

test('one to what is not allocated dangles', () => {
  expect(kindsOf(traceOf(['1', 'NULL', 'free']), 0)).toEqual([['pte[1]', 'folio[1]', 'dangling', false]])
  expect(kindsOf(traceOf(['1', 'NULL', 'rcu']), 0)).toEqual([['pte[1]', 'folio[1]', 'dangling', false]])
})

test('two of the same kind to one object are doubled', () => {
  expect(kindsOf(traceOf(['1', '1', 'live']), 0).map(([, , kind]) => kind)).toEqual(['doubled', 'doubled'])
})

test('boxes stay where they are, do not overlap, and are inside the drawing', () => {
  const trace = traceOf(['NULL', '1', 'free'], ['1', '1', 'live'])
  const [before, after] = [boxesOf(trace, 0), boxesOf(trace, 1)]
  expect(before.map(({ x, y, height }) => [x, y, height])).toEqual(after.map(({ x, y, height }) => [x, y, height]))
  const { width, height } = sizeOf(after)
  for (const [i, box] of after.entries()) {
    expect([box.x + box.width <= width, box.y + box.height <= height]).toEqual([true, true])
    for (const other of after.slice(i + 1)) expect(box.x !== other.x || box.y + box.height < other.y).toBe(true)
  }
})

test('arrows are drawn to the right, back, and within a column', () => {
  const [left, below, right] = boxesOf(traceOf(['1', '1', 'live']), 0)
  if (left === undefined || below === undefined || right === undefined) throw new Error('three boxes are drawn')
  const starts = [curve(left, right), curve(right, left), curve(left, below)].map((path) => Number(/^M(\S+)/.exec(path)?.[1]))
  expect(starts).toEqual([left.x + left.width, right.x, left.x])
})

test('of live objects of one kind what one has is said of all, to be compared; what is true, false or NULL is not', () => {
  const trace = traceOf(['1', '0', 'live', 'live', 'true', 'false'], ['1', '0', 'live', 'free', 'true', 'false'])
  const fields = (n: number) => [['data', n] as const, ['dirty', n + 4] as const]
  const folios = [
    { name: 'folio[1]', life: 2, fields: fields(0) },
    { name: 'folio[2]', life: 3, fields: fields(1) },
  ]
  const variables = ['0', '0', 'free', 'free', 'false', 'false'].map((initial, i) => ({ path: String(i), initial }))
  const of = { ...trace, variables, drawing: { columns: [folios], arrows: [] } }
  const textsAt = (at: number) => boxesOf(of, at).map(({ lines }) => lines.map(({ text }) => text))
  expect(textsAt(0)).toEqual([
    ['life live', 'data 1', 'dirty'],
    ['life live', 'data 0'],
  ])
  expect(textsAt(1)[1]).toEqual(['life free'])
})
