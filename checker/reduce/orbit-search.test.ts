/** Structures that are much alike: where a search through all orders would not end, and where refinement sees no difference. */
import { expect, test } from 'vitest'
import { language } from '../machine/language.js'
import { scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { domain } from '../schema/domain.js'
import { array, int, schema, set } from '../schema/field.js'
import { symmetryOf } from './symmetry.js'

type Edges = readonly (readonly [number, number])[]

const RENAMINGS = 12

/** How many representatives some graphs on `size` points have, each renamed in several ways. */
function representatives(size: number, graphs: readonly Edges[]): number {
  const Point = domain('point', size, { symmetric: true })
  const subject = language(schema({ near: array(Point, set(Point)) })).spec({ name: 's', title: '', properties: [] })
  const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const system = new System(scenario(subject, { name: 'x', title: '', expect: expectation }))
  const near = (system.s as { near: Record<number, { add(id: number): void }> }).near
  const symmetry = symmetryOf(system)
  const found = new Set<string>()
  const into = new Int32Array(system.words)
  for (const edges of graphs) {
    for (let turn = 0; turn < RENAMINGS; turn++) {
      const names = renaming(size, turn)
      system.restore()
      for (const [a, b] of edges) {
        near[names[a] as number]?.add(names[b] as number)
        near[names[b] as number]?.add(names[a] as number)
      }
      symmetry?.canonical(system.w, into)
      found.add(String(into))
    }
  }
  return found.size
}

/** The numbers 1 to `size`, in an order that looks random. */
function renaming(size: number, turn: number): number[] {
  const weight = (n: number): number => Math.imul(n + 1, 0x9e3779b1 * (turn + 1)) >>> 0
  return Array.from({ length: size }, (_, i) => i + 1).sort((a, b) => weight(a) - weight(b))
}

const cycle = (points: readonly number[]): Edges => points.map((p, i) => [p, points[(i + 1) % points.length] as number])
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i)
const split = (n: number, length: number) => upTo(n / length).map((c) => upTo(length).map((i) => c * length + i))

/** Cycles of these lengths, beside each other. */
const cyclesOf = (lengths: readonly number[]): Edges =>
  lengths.flatMap((length, i) => {
    const first = lengths.slice(0, i).reduce((sum, n) => sum + n, 0)
    return cycle(upTo(length).map((p) => first + p))
  })

/** The points (i, j) modulo 4 that differ by one of these. */
const onTorus = (steps: readonly (readonly [number, number])[]): Edges =>
  upTo(16).flatMap((p) => steps.map(([i, j]) => [p, ((((p >> 2) + i) & 3) << 2) | ((p + j) & 3)] as const))

test.each<[string, number, readonly Edges[], number]>([
  ['15 pairs', 30, [split(30, 2).flatMap(cycle)], 1],
  ['10 triangles', 30, [split(30, 3).flatMap(cycle)], 1],
  ['a cycle of 12, two of 6, three of 4 and four of 3', 12, [12, 6, 4, 3].map((n) => split(12, n).flatMap(cycle)), 4],
  ['two cycles of 6, one of 4 and four of 3', 28, [cyclesOf([6, 6, 4, 3, 3, 3, 3])], 1],
  ['cycles of 5, 4, 3, 5, 4 and 3, and of 6, 6, 6 and 6', 24, [cyclesOf([5, 4, 3, 5, 4, 3]), cyclesOf([6, 6, 6, 6])], 2],
  [
    'the Shrikhande graph and the 4 × 4 rook graph',
    16,
    [
      onTorus([
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      onTorus([
        [0, 1],
        [0, 2],
        [1, 0],
        [2, 0],
      ]),
    ],
    2,
  ],
  ['a complete graph', 31, [upTo(31).flatMap((a) => upTo(a).map((b) => [a, b] as const))], 1],
])('%s', (_, size, graphs, count) => {
  expect(representatives(size, graphs)).toBe(count)
})

test('rows of several words, and more of them than are unrolled', () => {
  const Item = domain('item', 20, { symmetric: true })
  const subject = language(schema({ item: array(Item, { kind: 'record', fields: { a: int(0, 2 ** 31 - 1), b: int(-(2 ** 30), 5) } }) }))
  const spec = subject.spec({ name: 's', title: '', properties: [] })
  const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const system = new System(scenario(spec, { name: 'x', title: '', expect: expectation }))
  const items = (system.s as { item: { a: number; b: number }[] }).item
  const symmetry = symmetryOf(system)
  const found = upTo(RENAMINGS).map((turn) => {
    const names = renaming(20, turn)
    for (const [i, name] of names.entries()) Object.assign(items[name] as object, { a: Math.imul(i >> 2, 0x3779b1) >>> 1, b: -i })
    const into = new Int32Array(system.words)
    symmetry?.canonical(system.w, into)
    system.w.set(into)
    return items.slice(1).map(({ a, b }) => `${a} ${b}`)
  })
  expect(new Set(found.map(String)).size).toBe(1)
  expect(found[0]?.toSorted()).toEqual(
    upTo(20)
      .map((i) => `${Math.imul(i >> 2, 0x3779b1) >>> 1} ${-i}`)
      .toSorted(),
  )
})
