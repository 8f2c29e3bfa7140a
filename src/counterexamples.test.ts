/** Every stored counterexample is a behaviour of today's spec, and none of the scenario that has the protection. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { explore, replay, type Scenario } from '../checker/index.js'
import { scenarios } from '../specs/index.js'
import { claimOf, formatItf, fromItf, toItf } from './formats/itf.js'

const folder = new URL('../counterexamples/', import.meta.url)
const stored = readdirSync(folder)
  .filter((file) => file.endsWith('.itf.json'))
  .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const)

function find(id: string): Scenario {
  const found = scenarios.find((s) => s.id === id)
  if (found === undefined) throw new Error(`no scenario ${id}`)
  return found
}

test('there are some', () => expect(stored.length).toBeGreaterThan(0))

describe.each(stored)('%s', (_, text) => {
  const { provenance, trace } = fromItf(JSON.parse(text))
  const scenario = find(provenance.scenario)
  const recorded = { trace, claim: claimOf(provenance) }

  test('is replayed, and shows what it says', () => {
    expect(replay(scenario, recorded)).toMatchObject({ kind: 'replayed', verdict: { property: provenance.property } })
  })

  test('is no behaviour of the scenario that is fixed', () => {
    const fixed = find(`${provenance.scenario.split('+')[0]}+fixed`)
    expect(replay(fixed, recorded).kind).toBe('not a behaviour')
  })

  test('is what a run gives, byte for byte', () => {
    const { verdict } = explore(scenario)
    if (verdict.kind !== 'violated') throw new Error(`the run gave ${verdict.kind}`)
    expect(formatItf(toItf({ provenance, trace: verdict.trace }))).toBe(text)
  })

  test('tells its story', () => expect(provenance.story).toMatch(/\w/))
})
