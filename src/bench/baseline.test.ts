import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type BenchFigures, inBaseline, readBaseline, updated, writeBaseline } from './baseline.js'

const of = (scenario: string, workers: number, statesPerSecond: number): BenchFigures => ({
  scenario,
  workers,
  statesPerSecond,
  bytesPerState: 20,
  commit: 'abc',
})
const old = { machine: 'this', figures: [of('a', 1, 100), of('a', 2, 200), of('b', 1, 300)] }

test('figures are found by scenario and workers', () => {
  expect(inBaseline(old, { scenario: 'a', workers: 2 })?.statesPerSecond).toBe(200)
  expect(inBaseline(old, { scenario: 'b', workers: 2 })).toBeUndefined()
})

test('an update replaces what was measured, and keeps the rest', () => {
  expect(updated(old, 'this', [of('a', 2, 250)])).toEqual({ machine: 'this', figures: [of('a', 1, 100), of('b', 1, 300), of('a', 2, 250)] })
})

test('an update from another machine keeps nothing', () => {
  expect(updated(old, 'other', [of('a', 2, 250)])).toEqual({ machine: 'other', figures: [of('a', 2, 250)] })
})

test('what is written is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'swapcheck-baseline-'))
  try {
    const file = join(folder, 'baseline.json')
    writeBaseline(file, old)
    expect(readBaseline(file)).toEqual(old)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
