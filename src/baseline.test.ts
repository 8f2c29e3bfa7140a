import { describe, expect, test } from 'vitest'
import { explore, type Report } from '../checker/index.js'
import { scenarios } from '../specs/index.js'
import { accept, baselineOf, changeOf, goneFrom } from './baseline.js'

const report = (name: string): Report => {
  const found = scenarios.find((s) => s.name === name)
  if (found === undefined) throw new Error(`no scenario ${name}`)
  return explore(found)
}
const held = report('peterson-2')
const broken = report('peterson-2-no-flag+broken')

describe('a baseline', () => {
  test('has the verdict, the counts, and the steps that fired', () => {
    expect(baselineOf(broken)).toEqual({
      verdict: 'violated',
      property: 'FlagTellsPlace',
      distinct: 6,
      generated: 7,
      depth: 3,
      fires: ['proc/peterson.a0', 'proc/peterson.a1'],
    })
  })

  test('does not differ from itself', () => expect(changeOf(held, baselineOf(held))).toBeUndefined())

  test('of another run differs in each figure, and in the steps, both ways', () => {
    expect(changeOf(held, baselineOf(broken))).toMatchObject({
      id: 'classics/peterson-2',
      figures: ['verdict: violated (FlagTellsPlace) -> holds', 'distinct: 6 -> 42', 'generated: 7 -> 77', 'depth: 3 -> 11'],
      gained: ['proc/peterson.a2', 'proc/peterson.a3', 'proc/peterson.a4', 'proc/peterson.cs'],
      lost: [],
    })
    expect(changeOf(broken, baselineOf(held))?.lost).toHaveLength(4)
    expect(changeOf(held, { ...baselineOf(held), fires: [] })).toMatchObject({ figures: [], gained: { length: 6 } })
  })

  test('is missing for what is new', () => {
    expect(changeOf(held, undefined)).toEqual({ id: 'classics/peterson-2', report: held, figures: [], gained: [], lost: [] })
  })
})

describe('accept', () => {
  const [is, was] = [baselineOf(held), baselineOf(broken)]
  const before = { 'classics/peterson-2': was, 'classics/gone': was, 'classics/same': is }

  test('writes what has changed, drops what is gone, and keeps the rest', () => {
    const gone = goneFrom(before, ['classics/peterson-2', 'classics/same'])
    expect(gone.map((c) => c.id)).toEqual(['classics/gone'])
    const changed = changeOf(held, was)
    if (changed === undefined) throw new Error('it has not changed')
    expect(accept(before, [changed, ...gone])).toEqual({ 'classics/peterson-2': is, 'classics/same': is })
  })
})
