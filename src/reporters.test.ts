/** Reporters as the command runs them: where steps are written, what a job of GitHub is given, and the examples that are kept beside them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Location, Log } from 'sarif'
import { afterAll, describe, expect, test } from 'vitest'
import { specs, swapcheck, swapcheckUnder } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-reporters-'))
afterAll(() => rmSync(folder, { recursive: true }))
const cve = 'counterexamples/vswap-direct-swapin+broken.itf.json'
const race = specs('race')

describe('the places in SARIF', () => {
  const text = swapcheck('replay', cve, '--reporter', 'sarif').stdout
  const [result] = (JSON.parse(text) as Log).runs[0]?.results ?? []
  const steps = result?.codeFlows?.[0]?.threadFlows.flatMap(({ locations }) => locations) ?? []

  /** The lines of a source file that a place names. */
  function linesAt(location: Location | undefined): string[] {
    const { artifactLocation, region } = location?.physicalLocation ?? {}
    const lines = readFileSync(artifactLocation?.uri ?? '', 'utf8').split('\n')
    return lines.slice((region?.startLine ?? 0) - 1, region?.endLine)
  }

  test('are where each step is written', () => {
    expect(steps).toHaveLength(110)
    for (const { location } of steps) {
      const label = location?.logicalLocations?.[0]?.fullyQualifiedName?.split('.')[1]
      expect(linesAt(location)[0]).toMatch(new RegExp(`^ {4,6}${label}(?:\\(|: )`))
      expect(linesAt(location).at(-1)).toMatch(/^ {4,6}\},?$|,$/)
    }
  })

  test('are those of the step that went wrong, and of the property', () => {
    expect(result?.locations?.[0]).toMatchObject({ physicalLocation: { artifactLocation: { uri: 'specs/vswap/do-swap-page.ts' } } })
    expect(linesAt(result?.locations?.[0])[0]).toContain('set_ptes(')
    expect(linesAt(result?.relatedLocations?.[0])[0]).toContain("invariant('NoStaleData'")
  })

  test('are the same in each run', () => expect(swapcheck('replay', cve, '--reporter', 'sarif').stdout).toBe(text))

  test('are in the file itself where nothing was compiled', () => {
    const { stdout } = swapcheck('check', '--spec', race, 'increments+broken', '--reporter', 'sarif')
    const [found] = (JSON.parse(stdout) as Log).runs[0]?.results ?? []
    expect(found?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe('src/testing/specs/race.mjs')
    expect(linesAt(found?.locations?.[0])[0]).toMatch(/^ {4}unlock\(s\) \{$/)
  })
})

describe('the examples are what is printed', () => {
  /** The lines of the specs are other people's to move. */
  const unplaced = (text: string): string => text.replaceAll(/(?<=\bline=|Line=|Line": |Column": )\d+/g, 'n')

  test.each([
    ['text', 'txt'],
    ['junit', 'junit.xml'],
    ['sarif', 'sarif'],
    ['github', 'github.log'],
    ['mermaid', 'mermaid.md'],
  ])('%s', (reporter, suffix) => {
    const kept = readFileSync(new URL(`report/examples/direct-swapin.${suffix}`, import.meta.url), 'utf8')
    expect(unplaced(swapcheck('replay', cve, '--reporter', reporter).stdout)).toBe(unplaced(kept))
  })

  test('html, but for the code of the page', () => {
    const dataIn = (page: string): string | undefined => /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(page)?.[1]
    const kept = dataIn(readFileSync(new URL('report/examples/direct-swapin.html', import.meta.url), 'utf8'))
    expect(kept).toBeDefined()
    expect(dataIn(swapcheck('replay', cve, '--reporter', 'html').stdout)).toBe(kept)
  })

  test('the summary page of a GitHub job', () => {
    const file = join(folder, 'example.md')
    swapcheckUnder(`export GITHUB_STEP_SUMMARY=${file}`, 'replay', cve, '--reporter', 'github')
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(new URL('report/examples/direct-swapin.summary.md', import.meta.url), 'utf8'))
  })
})

describe.each(['json', 'junit', 'sarif', 'github', 'mermaid'])('%s', (reporter) => {
  test('ends with the exit codes of the text', () => {
    const check = (name: string) => swapcheck('check', '--spec', race, name, '--reporter', reporter)
    expect(check('increments+broken')).toMatchObject({ code: 0, stderr: '' })
    expect(check('assertion')).toMatchObject({ code: 14, stderr: '' })
  })

  test('a reader that has left ends it without a message', () => {
    const words = ['check', '--spec', race, 'increments+broken', '--reporter', reporter]
    expect(swapcheckUnder('exec > >(true); wait $!', ...words)).toMatchObject({ code: 153, stderr: '' })
  })
})

test('--out of replay', () => {
  const out = join(folder, 'report.xml')
  expect(swapcheck('replay', cve, '--reporter', 'junit', '--out', out)).toEqual({
    code: 0,
    stdout: '',
    stderr: `${out}: replayed: 110 steps, violates NoStaleData\n`,
  })
  expect(readFileSync(out, 'utf8')).toBe(swapcheck('replay', cve, '--reporter', 'junit').stdout)
})

test('a trace that is no behaviour is refused, and no report is written', () => {
  const file = join(folder, 'wrong.itf.json')
  writeFileSync(file, readFileSync(cve, 'utf8').replace('"do_swap_page.set_ptes"', '"do_swap_page.unlock"'))
  expect(swapcheck('replay', file)).toMatchObject({ code: 16, stdout: expect.stringContaining('do_swap_page.pte_same') })
  expect(swapcheck('replay', file, '--reporter', 'sarif')).toMatchObject({ code: 16, stdout: '' })
})

describe('the summary page of a GitHub job', () => {
  const github = (line: string) => swapcheckUnder(line, 'check', '--spec', race, 'assertion', '--reporter', 'github')

  test('is added to the file that GitHub names', () => {
    const file = join(folder, 'summary.md')
    writeFileSync(file, 'What was there.\n')
    const ran = github(`export GITHUB_STEP_SUMMARY=${file}`)
    expect(ran).toMatchObject({ code: 14, stderr: '', stdout: expect.stringMatching(/^::error file=src\/testing\/specs\/race\.mjs,line=/) })
    expect(readFileSync(file, 'utf8')).toMatch(/^What was there\.\n## swapcheck: 1 scenario, 0 as expected, 1 not\n[\s\S]*```mermaid\n/)
  })

  test('is left as it is where there is no room in it', () => {
    const file = join(folder, 'full.md')
    const full = 'x'.repeat(2 ** 20)
    writeFileSync(file, full)
    github(`export GITHUB_STEP_SUMMARY=${file}`)
    expect(readFileSync(file, 'utf8')).toBe(full)
  })

  test('that cannot be written is said', () => {
    const file = join(folder, 'no', 'summary.md')
    const ran = github(`export GITHUB_STEP_SUMMARY=${file}`)
    expect(ran.code).toBe(153)
    expect(ran.stderr).toMatch(/^swapcheck: cannot write '.*', which GITHUB_STEP_SUMMARY names: /)
  })
})

describe('colours', () => {
  const check = (line: string) => swapcheckUnder(line, 'check', '--spec', race, 'increments+broken').stdout.includes('\u001b[')
  test.each<[string, boolean]>([
    ['true', false],
    ['export FORCE_COLOR=1', true],
    ['export FORCE_COLOR=0', false],
    ['export FORCE_COLOR=', false],
    ['export FORCE_COLOR=1 NO_COLOR=1', false],
    ['export FORCE_COLOR=1 NO_COLOR=', true],
    ['export CI=true', false],
  ])('%s, into a pipe: %s', (line, colored) => expect(check(line)).toBe(colored))
})
