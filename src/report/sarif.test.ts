import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Locate } from '../locate/region.js'
import { hostileFinding, hostileOutcome, hostileTexts } from '../testing/hostile.js'
import { validSarif as valid } from '../testing/valid.js'
import { sarif, sarifReporter } from './sarif.js'

/** The n-th function that is asked for is on line n. */
const byOrder: Locate = (functions) =>
  new Map(
    [...new Set(functions)].map((of, i) => [of, { file: 'specs/a b.ts', startLine: i + 1, startColumn: 3, endLine: i + 2, endColumn: 4 }]),
  )
const nowhere: Locate = () => new Map()

const finding = hostileFinding('it')
const told = { findings: [finding], summary: '', isWhole: true }
const result = (locate: Locate, change: object = {}) =>
  sarif({ ...told, findings: [{ ...finding, ...change }] }, locate).runs[0]?.results?.[0]

describe('a result', () => {
  test('has a thread flow for each process, its steps in the order in which they were taken', () => {
    const flows = result(byOrder)?.codeFlows?.[0]?.threadFlows ?? []
    expect(flows.map(({ locations }) => locations.map((l) => l.executionOrder))).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(flows[0]?.locations[1]).toMatchObject({
      importance: 'important',
      nestingLevel: 0,
      location: { message: { text: '2. it: it\n    n 0 -> 1' } },
    })
  })

  test('is an error; what is expected is a note, what is not known is open', () => {
    expect(result(nowhere)).toMatchObject({ kind: 'fail', level: 'error' })
    expect(result(nowhere, { isExpected: true })).toMatchObject({ kind: 'fail', level: 'note' })
    const verdict = { kind: 'incomplete', bound: 'states', limit: 3 }
    expect(result(nowhere, { verdict })).toMatchObject({ ruleId: 'swapcheck/incomplete', kind: 'open', level: 'none' })
  })

  test('has a fingerprint of what happens, wherever that is written', () => {
    const fingerprint = (change: object, locate = nowhere) => result(locate, change)?.partialFingerprints?.primaryLocationLineHash
    expect(fingerprint({}, byOrder)).toBe(fingerprint({}))
    expect(fingerprint({ story: 'another' })).toBe(fingerprint({}))
    expect(fingerprint({ scenario: { ...finding.scenario, id: 'another' } })).not.toBe(fingerprint({}))
  })

  test('of more than GitHub takes keeps its last steps', () => {
    if (finding.verdict.kind !== 'violated') throw new Error('it is violated')
    const { trace } = finding.verdict
    const [state] = trace.states
    const [step] = trace.steps
    if (state === undefined || step === undefined) throw new Error('it has steps')
    const long = { ...trace, states: Array.from({ length: 10_003 }, () => state), steps: Array.from({ length: 10_002 }, () => step) }
    const flow = result(nowhere, { verdict: { ...finding.verdict, trace: long } })?.codeFlows?.[0]
    expect(flow?.message?.text).toContain('The first 2 steps are left out.')
    expect(flow?.threadFlows.map(({ locations }) => locations.length)).toEqual([10_000])
    expect(flow?.threadFlows[0]?.locations[0]?.executionOrder).toBe(3)
  })
})

describe('places', () => {
  test('are relative to the repository, and escaped', () => {
    const place = result(byOrder)?.relatedLocations?.[0]?.physicalLocation
    expect(place?.artifactLocation).toEqual({ uri: 'specs/a%20b.ts', uriBaseId: 'SRCROOT' })
    expect(place?.region).toEqual({ startLine: 1, startColumn: 3, endLine: 2, endColumn: 4 })
  })

  test('that are not known are left out', () => {
    expect(result(nowhere)).not.toHaveProperty('relatedLocations')
    expect(result(nowhere)?.locations).toEqual([{ logicalLocations: [{ fullyQualifiedName: 'it', kind: 'function' }] }])
  })

  test('are looked up at once for all', () => {
    const asked: number[] = []
    sarif({ ...told, findings: [finding, finding] }, (functions) => {
      asked.push([...functions].length)
      return new Map()
    })
    expect(asked).toHaveLength(1)
  })
})

test('an interrupted run was not a whole one', () => {
  const outcome = hostileOutcome('x')
  const reporter = sarifReporter(nowhere)
  reporter.begin([outcome.report.scenario, outcome.report.scenario])
  reporter.run(outcome, 'again')
  expect(valid(reporter.end([outcome], 1)).runs[0]?.invocations).toEqual([{ executionSuccessful: false }])
})

test('nothing to tell is valid too', () => expect(valid(sarifReporter(nowhere).end([], 0)).runs[0]?.results).toEqual([]))

describe('whatever the names are', () => {
  const check = (text: string): void => {
    const log = valid(sarifReporter(byOrder).replayed(hostileFinding(text)))
    expect(log.runs[0]?.results?.[0]?.ruleId).toBe(`${text}/${text}`)
  }
  test.each(hostileTexts)('%j', check)
  property.prop([fc.string({ unit: 'binary' })])('any', check)
})
