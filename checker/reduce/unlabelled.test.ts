/** The canonical form on all structures of some sorts: their numbers up to renaming are known (OEIS). */
import { expect, test } from 'vitest'
import { language } from '../machine/language.js'
import { scenario } from '../machine/scenario.js'
import { System } from '../machine/system.js'
import { type Domain, domain } from '../schema/domain.js'
import { array, bool, type Field, ref, schema, set } from '../schema/field.js'
import { symmetryOf } from './symmetry.js'

const points = (n: number) => domain('point', n, { symmetric: true })
const others = (n: number) => domain('other', n, { symmetric: true })
const three = points(3)
const four = points(4)

interface Members {
  add(id: number): void
}
type Structure = { readonly x: Record<number, unknown> }

/** How many representatives the structures numbered 0 to `count` - 1 have; `build` writes one into a state. */
function representatives(field: Field, count: number, build: (s: Structure, number: number) => void): number {
  const subject = language(schema({ x: field })).spec({ name: 's', title: '', properties: [] })
  const expectation = { verdict: 'holds', distinct: 0, generated: 0, depth: 0 } as const
  const system = new System(scenario(subject, { name: 'x', title: '', expect: expectation }))
  const symmetry = symmetryOf(system)
  const found = new Set<string>()
  const into = new Int32Array(system.words)
  for (let number = 0; number < count; number++) {
    system.restore()
    build(system.s as Structure, number)
    system.commit()
    symmetry?.canonical(system.w, into)
    found.add(String(into))
  }
  return found.size
}

const digit = (number: number, base: number, place: number) => Math.floor(number / base ** place) % base

/** Rows of sets, from the bits of a number. */
function rows(domainOfRows: Domain, of: Domain): readonly [Field, number, (s: Structure, number: number) => void] {
  const [m, n] = [domainOfRows.size, of.size]
  return [
    array(domainOfRows, set(of)),
    2 ** (m * n),
    (s, number) => {
      for (let i = 0; i < m; i++) {
        const row = s.x[i + 1] as Members
        for (let j = 0; j < n; j++) if (digit(number, 2, i * n + j) === 1) row.add(j + 1)
      }
    },
  ]
}

/** Maps from a domain to itself or NULL. */
function maps(n: number, lowest: 0 | 1): readonly [Field, number, (s: Structure, number: number) => void] {
  const of = points(n)
  const base = n + 1 - lowest
  const build = (s: Structure, number: number): void => {
    for (let i = 0; i < n; i++) s.x[i + 1] = lowest + digit(number, base, i)
  }
  return [array(of, lowest === 0 ? ref(of) : of), base ** n, build]
}

function graphs(n: number): readonly [Field, number, (s: Structure, number: number) => void] {
  const of = points(n)
  const build = (s: Structure, number: number): void => {
    let edge = 0
    for (let i = 1; i <= n; i++) {
      const row = s.x[i] as Record<number, boolean>
      for (let j = 1; j < i; j++) {
        const isThere = digit(number, 2, edge++) === 1
        row[j] = isThere
        ;(s.x[j] as Record<number, boolean>)[i] = isThere
      }
    }
  }
  return [array(of, array(of, bool)), 2 ** ((n * (n - 1)) / 2), build]
}

function magmas(n: number): readonly [Field, number, (s: Structure, number: number) => void] {
  const of = points(n)
  const build = (s: Structure, number: number): void => {
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) (s.x[i + 1] as number[])[j + 1] = 1 + digit(number, n, i * n + j)
  }
  return [array(of, array(of, of)), n ** (n * n), build]
}

test.each([
  ['binary relations on 3 points (A000595)', rows(three, three), 104],
  ['binary relations on 4 points (A000595)', rows(four, four), 3044],
  ['relations between 3 and 3 points (A002724)', rows(three, others(3)), 36],
  ['relations between 4 and 4 points (A002724)', rows(four, others(4)), 317],
  ['maps of 4 points (A001372)', maps(4, 1), 19],
  ['maps of 6 points (A001372)', maps(6, 1), 130],
  ['partial maps of 4 points (A126285)', maps(4, 0), 45],
  ['graphs on 5 points (A000088)', graphs(5), 34],
  ['graphs on 6 points (A000088)', graphs(6), 156],
  ['binary operations on 2 points (A001329)', magmas(2), 10],
  ['binary operations on 3 points (A001329)', magmas(3), 3330],
])('%s', (_, [field, count, build], known) => {
  expect(representatives(field, count, build)).toBe(known)
})
