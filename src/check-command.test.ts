/** `swapcheck check`: verdicts, exit codes and where the report goes. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from './testing/refused.js'
import { specs, swapcheck, swapcheckUnder } from './testing/swapcheck.js'

const race = specs('race')
const faulty = specs('faulty')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('check: verdicts and exit codes', () => {
  const check = (...words: string[]) => swapcheck('check', '--spec', race, ...words)

  test.each<[string, number, string]>([
    ['increments', 0, 'ok    race/increments '],
    ['increments+broken', 0, 'ok    race/increments+broken '],
    ['miscounted', 17, 'distinct: expected 20, came 16'],
    ['other-property', 12, 'property: expected Other, came NoLostUpdate'],
    ['deadlock', 11, 'deadlock: nothing can go on'],
    ['assertion', 14, 'assertion failed: WARN_ON(counter != old)'],
    ['vacuous', 15, 'no state shows Locked, which must be reachable'],
    ['never-locked', 13, 'LockedAtLast is violated, as this can go on for ever: It is locked at last.'],
  ])('%s: %i', (name, code, text) => {
    const ran = check(name)
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
  })

  test.each<[string, number, string]>([
    ['throws', 75, 'the spec is at fault (threw) in tick: counter is 2'],
    ['leaves-range', 75, 'the spec is at fault (range) in tick: counter was given 4 (number); expected an integer from 0 to'],
    ['init-throws', 75, 'the spec is at fault (threw): init: no first state'],
    ['no-values', 150, 'the spec is at fault (schema): counter: int(3, 0) has no values'],
  ])('a spec that is wrong: %s: %i', (name, code, text) => {
    const ran = swapcheck('check', '--spec', faulty, name)
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
    expect(ran.stdout).not.toContain('    at ')
  })

  test('several: the code of the first that is not as expected, and all are run', () => {
    const ran = check('increments', 'deadlock', 'assertion')
    expect(ran.code).toBe(11)
    expect(ran.stdout).toContain('3 scenarios, 1 as expected, 2 not')
  })

  test('a violation is shown in lanes also where it is expected', () => {
    const { stdout } = check('increments+broken')
    expect(stdout).toContain('CPU0 incrementer    CPU1 incrementer\n')
    expect(stdout).toContain(`again: swapcheck check --spec ${race} race/increments+broken`)
  })

  test('--expect compares the verdict alone', () => {
    expect(check('miscounted', '--expect', 'holds').code).toBe(0)
    expect(check('deadlock', '--expect', 'deadlock').code).toBe(0)
    expect(check('increments+broken', '--expect', 'holds').code).toBe(12)
    expect(check('increments', '--expect', 'violated').code).toBe(17)
  })

  test('--max-states, --max-memory and --max-time stop it: incomplete, unless that is expected', () => {
    const ran = check('increments', '--max-states', '3')
    expect(ran.code).toBe(152)
    expect(ran.stdout).toContain('incomplete: the search was stopped at 3 states')
    expect(check('increments', '--max-states', '3', '--expect', 'incomplete').code).toBe(0)
    const large = check('increments', '--max-memory', '1K', '--no-spill')
    expect(large.code).toBe(152)
    expect(large.stdout).toContain('incomplete: the search was stopped at 1 KB of memory')
    const late = swapcheck('check', '--spec', specs('huge'), 'odometer', '--max-time', '0.01')
    expect(late.code).toBe(152)
    expect(late.stdout).toContain('incomplete: the search was stopped at 0.01 seconds')
  })

  test('without a terminal there is no line of progress', () => {
    expect(swapcheck('check', '--spec', specs('huge'), 'odometer', '--max-time', '1.5')).toMatchObject({ code: 152, stderr: '' })
  })
})

describe('check: reports', () => {
  test('--reporter json: one object per line', () => {
    const { code, stdout } = swapcheck('check', '--spec', race, 'increments*', '--reporter', 'json')
    expect(code).toBe(0)
    const runs = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(runs.map((run) => [run.scenario, run.verdict, run.asExpected])).toEqual([
      ['race/increments', 'holds', true],
      ['race/increments+broken', 'violated', true],
    ])
    expect(runs[1].trace.states).toHaveLength(9)
  })

  test('--profile adds tables, or a field', () => {
    const { stdout } = swapcheck('check', '--spec', race, 'increments', '--profile')
    expect(stdout).toMatch(/\n {2}step +generated +new +self-loops +time\n {2}incrementer\/increment\.\w+ +\d/)
    expect(stdout).toMatch(/\n {2}depth +states +growth\n/)
    const run = JSON.parse(swapcheck('check', '--spec', race, 'increments', '--profile', '--reporter', 'json').stdout)
    expect(run.profile.variables).toEqual({ counter: 3, done: 3, locked: 2, 'incrementer/increment.old': 2 })
    expect(run.profile.depths).toHaveLength(run.depth)
  })

  test('--out writes the report to a file, as it would be printed', () => {
    const file = join(folder, 'report.ndjson')
    expect(swapcheck('check', '--spec', race, 'deadlock', '--reporter', 'json', '--out', file)).toEqual({
      code: 11,
      stdout: '',
      stderr: `${file}: 1 scenario, 0 as expected, 1 not\n`,
    })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: 'deadlock' })
  })

  test.each<[string, string]>([
    ['a folder that does not exist', 'no/such/folder/report.txt'],
    ['a folder', '.'],
  ])('--out to %s is refused before the search', (_, name) => {
    const file = join(folder, name)
    const ran = swapcheck('check', '--spec', specs('huge'), '--out', file)
    expect(ran).toMatchObject({ ...refused(153, `cannot write '${file}'`), stdout: '' })
  })

  test('what was there is kept if the report cannot be written whole', () => {
    const file = join(folder, 'limited.ndjson')
    writeFileSync(file, 'kept')
    const ran = swapcheckUnder('ulimit -f 1', 'check', '--spec', race, '--reporter', 'json', '--out', file)
    expect(ran).toMatchObject(refused(153, `cannot write '${file}': the file would be larger than is allowed`))
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test.runIf(existsSync('/dev/full'))('standard output on a disk that is full', () => {
    expect(swapcheckUnder('exec > /dev/full', 'list')).toMatchObject(
      refused(153, 'cannot write to standard output: no space is left on the device'),
    )
  })

  test('a reader that has left ends it without a message', () => {
    expect(swapcheckUnder('exec > >(true); wait $!', 'list', '--json')).toMatchObject({ code: 153, stderr: '' })
  })
})
