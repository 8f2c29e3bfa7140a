import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import type { Locate } from '../locate/region.js'
import { hostileFinding, hostileOutcome, hostileTexts } from '../testing/hostile.js'
import { githubReporter } from './github.js'

const locate: Locate = (functions) =>
  new Map([...new Set(functions)].map((of) => [of, { file: 'specs/a.ts', startLine: 7, startColumn: 3, endLine: 7, endColumn: 9 }]))
const nowhere: Locate = () => new Map()

/** As a runner of GitHub Actions reads the log. */
function commandsIn(log: string) {
  return log.split('\n').flatMap((line) => {
    const [, level = '', list = '', message = ''] = /^::(\w+)(?: (.*?))?::(.*)$/.exec(line) ?? []
    if (level === '') return []
    const pairs = list === '' ? [] : list.split(',').map((pair) => pair.split(/=(.*)/s).map(unescaped))
    return [{ level, properties: Object.fromEntries(pairs), message: unescaped(message) }]
  })
}

function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = { '%25': '%', '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',' }
  return text.replace(/%(?:25|0D|0A|3A|2C)/g, (code) => plain[code] ?? code)
}

function reported(outcomes: readonly Outcome[], at: Locate = nowhere) {
  const reporter = githubReporter(at)
  reporter.begin(outcomes.map((o) => o.report.scenario))
  for (const outcome of outcomes) reporter.run(outcome, `swapcheck check ${outcome.report.scenario.id}`)
  return { log: reporter.end(outcomes, 0), summary: (room: number) => reporter.stepSummary?.(room) ?? '' }
}

/** Violates the property of that name, in a scenario of that name. */
function violating(property: string, id = property): Outcome {
  const { report, judgement } = hostileOutcome(property)
  return { report: { ...report, scenario: { ...report.scenario, id } as Scenario }, judgement }
}

describe('annotations', () => {
  test('say where, what and how to see it again', () => {
    expect(commandsIn(reported([violating('Low', 'counter/two')], locate).log)).toEqual([
      {
        level: 'error',
        properties: { file: 'specs/a.ts', line: '7', endLine: '7', col: '3', endColumn: '8', title: 'swapcheck: Low/Low' },
        message: 'Low\nassertion failed: Low!\nLow is violated: Low\nin counter/two, after 4 steps\nagain: swapcheck check counter/two',
      },
    ])
  })

  test('one for each property', () => {
    const found = commandsIn(reported([violating('Low', 'a/1'), violating('Low', 'a/2'), violating('High', 'a/3')]).log)
    expect(found.map(({ properties }) => properties.title)).toEqual(['swapcheck: Low/Low', 'swapcheck: High/High'])
    expect(found[0]?.message).toContain('in a/1, after 4 steps\nand in a/2\n')
  })

  test('ten at most, the last of which says how many more there are', () => {
    const many = (count: number) => commandsIn(reported(Array.from({ length: count }, (_, i) => violating(`P${i}`))).log)
    expect(many(10).map(({ message }) => message)).not.toContainEqual(expect.stringContaining('more are'))
    expect(many(12)).toHaveLength(10)
    expect(many(12).at(-1)?.message).toBe('3 more are on the summary page of the job')
  })

  test('errors come before what is not known, and that before what was expected', () => {
    const unknown = violating('Unknown')
    const verdict = { kind: 'incomplete', bound: 'states', limit: 3 } as const
    const incomplete = { ...unknown, report: { ...unknown.report, verdict } }
    const expected = { ...violating('Expected'), judgement: { differences: [], code: 0 as const } }
    expect(commandsIn(reported([expected, incomplete]).log).map(({ level }) => level)).toEqual(['warning', 'notice'])
    expect(commandsIn(reported([incomplete, violating('Wrong')]).log).map(({ level }) => level)).toEqual(['error', 'warning'])
  })

  test('end in a line of the log', () => expect(reported([violating('Low')]).log).toMatch(/\n1 scenario, 0 as expected, 1 not\n$/))
})

describe('the summary page', () => {
  const outcomes = Array.from({ length: 5 }, (_, i) => violating(`P${i}`))
  const { summary } = reported(outcomes)
  const whole = summary(1e6)

  test('has a diagram of each', () => {
    expect(whole).toContain('## swapcheck: 5 scenarios, 0 as expected, 5 not\n')
    expect(whole.match(/```mermaid/g)).toHaveLength(5)
  })

  test('is no larger than there is room for', () => {
    const size = Buffer.byteLength(whole)
    expect(summary(size)).toBe(whole)
    const cut = summary(size - 1)
    expect(Buffer.byteLength(cut)).toBeLessThan(size)
    expect(cut).toMatch(/There is no room for 1 more\.\n$/)
    for (let room = 0; room < size; room += 97) expect(Buffer.byteLength(summary(room))).toBeLessThanOrEqual(room)
    expect(summary(-1)).toBe('')
  })

  test('of a counterexample that was run again', () => {
    const reporter = githubReporter(nowhere)
    reporter.replayed(hostileFinding('it'))
    expect(reporter.stepSummary?.(1e6)).toContain('## swapcheck: replayed: 4 steps, violates it\n')
  })
})

describe('whatever the names are', () => {
  const check = (text: string): void => {
    const log = githubReporter(locate).replayed(hostileFinding(text))
    const [found, ...others] = commandsIn(log)
    expect(others).toEqual([])
    expect(log.split('\n')).toHaveLength(3)
    expect(found?.properties.title).toBe(`swapcheck: ${text}/${text}`)
    expect(found?.message).toContain(`again: ${text}`)
  }
  test.each(hostileTexts)('%j', check)
  property.prop([fc.string({ unit: 'binary' })])('any', check)
})
