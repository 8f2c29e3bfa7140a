/** SCENARIOS.md: every pair of processes has a row, and both run in each scenario that a row lists. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../index.js'

interface Row {
  readonly pair: readonly [string, string]
  readonly text: string
}

const text = readFileSync(new URL('SCENARIOS.md', import.meta.url), 'utf8')
const rows: readonly Row[] = text
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| one |'))
  .map((line) => {
    const [, one = '', other = '', cell = ''] = line.split('|').map((part) => part.trim())
    return { pair: [one, other], text: cell }
  })
const kinds = [...new Set(rows.map(({ pair }) => pair[0]))]
const namesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? [])
const find = (name: string) => scenarios.find((s) => s.id === `vswap/${name}`)

/** A cell that starts with a name lists scenarios of the pair; another says why there is none. */
const isList = (cell: string): boolean => cell.startsWith('`')

it('has a row for each pair', () => {
  const expected = kinds.flatMap((one, i) => kinds.slice(0, i + 1).map((other) => `${one} | ${other}`))
  expect(rows.map(({ pair }) => pair.join(' | '))).toEqual(expected)
})

it('has a row for each kind of process, but those that stand for more of the same', () => {
  const beyond = namesIn(text.slice(text.indexOf('Beyond these pairs'), text.indexOf('A name here')))
  const ofVswap = scenarios.filter((s) => s.spec.name === 'vswap')
  const all = new Set(ofVswap.flatMap((s) => (s.run ?? []).map((p) => p.name)))
  expect([...all].filter((name) => !kinds.includes(name)).sort()).toEqual(beyond.sort())
})

describe.each(rows.map((row) => [row.pair.join(' and '), row] as const))('%s', (_, { pair: [one, other], text: cell }) => {
  it('names scenarios that exist, or says why there is none', () => {
    expect(namesIn(cell).filter((name) => find(name) === undefined)).toEqual([])
    expect(cell).toMatch(/\w/)
  })

  it.runIf(isList(cell))('runs both in each', () => {
    for (const name of namesIn(cell)) {
      const run = find(name)?.run?.map((p) => p.name) ?? []
      expect(run.filter((p) => p === one).length).toBeGreaterThanOrEqual(one === other ? 2 : 1)
      expect(run).toContain(other)
    }
  })
})
