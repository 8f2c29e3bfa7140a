/** Every stored counterexample in every format. */
import { readdirSync, readFileSync } from 'node:fs'
import pc from 'picocolors'
import { describe, expect, test } from 'vitest'
import { replay } from '../../checker/index.js'
import { scenarios } from '../../specs/index.js'
import { claimOf, fromItf } from '../formats/itf.js'
import { draw } from '../testing/draw.js'
import { validJunit, validSarif } from '../testing/valid.js'
import { type Finding, traceOf } from './finding.js'
import { reporters } from './reporters.js'
import { titleOf } from './rows.js'
import { sequenceDiagram } from './sequence-diagram.js'

const folder = new URL('../../counterexamples/', import.meta.url)
const setting = {
  page: { width: 100, colors: pc.createColors(false) },
  workers: 1,
  locate: () => new Map(),
  pageCode: () => ({ script: '', style: '' }),
}

function findingIn(file: string): Finding {
  const { provenance, trace } = fromItf(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  const scenario = scenarios.find((s) => s.id === provenance.scenario)
  const result = scenario && replay(scenario, { trace, claim: claimOf(provenance) })
  if (scenario === undefined || result?.kind !== 'replayed') throw new Error(`${file} cannot be replayed`)
  return { scenario, verdict: result.verdict, isExpected: true, differences: [], again: 'again', story: provenance.story }
}

const files = readdirSync(folder).filter((file) => file.endsWith('.itf.json'))

describe.each(files)('%s', (file) => {
  const finding = findingIn(file)
  const steps = traceOf(finding)?.steps ?? []

  test('is valid SARIF, with each step once', async () => {
    const sarif = await reporters.sarif(setting)
    const flows = validSarif(sarif.replayed(finding)).runs[0]?.results?.[0]?.codeFlows?.[0]?.threadFlows ?? []
    const orders = flows.flatMap(({ locations }) => locations.map((l) => l.executionOrder ?? 0)).toSorted((a, b) => a - b)
    expect(orders).toEqual(steps.map((_, i) => i + 1))
  })

  test('is valid JUnit', async () => {
    const junit = await reporters.junit()
    expect(() => validJunit(junit.replayed(finding)).dispose()).not.toThrow()
  })

  test('is drawn, with each step once', async () => {
    const trace = traceOf(finding)
    const { texts } = await draw(trace === undefined ? [] : sequenceDiagram(finding, trace))
    expect(texts.filter((text) => steps.some((step) => titleOf(step) === text.trim()))).toHaveLength(steps.length)
  })

  test('is the same each time', async () => {
    for (const of of Object.values(reporters)) expect((await of(setting)).replayed(finding)).toBe((await of(setting)).replayed(finding))
  })
})
