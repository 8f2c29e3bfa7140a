/** `swapcheck check --baseline`: one exploration, judged by the spec's own expectations and by what was accepted. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { specs, swapcheck } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-gate-'))
const file = join(folder, 'swapcheck.lock')
const race = specs('race')
const check = (...words: string[]) => swapcheck('check', '--spec', race, ...words)
afterAll(() => rmSync(folder, { recursive: true }))

describe('check --baseline', () => {
  beforeAll(() => {
    check('increments', '--baseline', file, '--update')
  })

  test('--update accepts what was explored, and the report is there as ever', () => {
    const { code, stdout } = check('increments', '--baseline', file, '--update')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok {4}race\/increments .*\n1 scenario, all as expected\n.*: nothing has changed\n$/m)
  })

  test('what is new ends with 17, and with the command that accepts it', () => {
    const { code, stdout } = check('increments', 'increments+broken', '--baseline', file)
    expect(code).toBe(17)
    expect(stdout).toContain(`
2 scenarios, all as expected
new race/increments+broken

2 scenarios: 1 as in ${file}, 1 new
to accept it: swapcheck ci --update --spec ${race} --baseline ${file} race/increments+broken
`)
  })

  test('a run that is not as its spec expects keeps its own code', () => {
    expect(check('miscounted', '--baseline', file).code).toBe(17)
    expect(check('increments', '--expect', 'violated', '--baseline', file)).toMatchObject({ code: 17 })
    expect(check('increments+broken', '--expect', 'holds', '--baseline', file).code).toBe(12)
  })

  test('beside a report for programs it is said on standard error', () => {
    const { code, stdout, stderr } = check('increments', 'increments+broken', '--baseline', file, '--reporter', 'json')
    expect(code).toBe(17)
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).scenario),
    ).toEqual(['race/increments', 'race/increments+broken'])
    expect(stderr).toContain('new race/increments+broken\n')
  })
})

describe('check --baseline is refused', () => {
  const refused = (message: string, ...words: string[]) =>
    expect(check('increments', ...words)).toEqual({ code: 151, stdout: '', stderr: `swapcheck: ${message}\n` })

  test('without a file', () => {
    refused('--update accepts what differs from a baseline, and none is given; name it with --baseline', '--update')
    refused("cannot read 'nowhere.lock': there is no such file; 'swapcheck ci --update' writes it", '--baseline', 'nowhere.lock')
  })

  test('where not all states would be counted', () => {
    const message = (option: string) => `--baseline compares the counts of all states, and ${option} was given; leave one of the two out`
    refused(message('--reduction'), '--baseline', file, '--reduction', 'symmetry')
    refused(message('--max-states'), '--baseline', file, '--max-states', '3')
  })
})

test('the baseline of this repository is one', () => {
  const text = readFileSync(new URL('../specs/swapcheck.lock', import.meta.url), 'utf8')
  writeFileSync(file, text)
  expect(swapcheck('check', 'peterson-2', '--baseline', file).stdout).toContain(`1 scenario: 1 as in ${file}\n`)
})
