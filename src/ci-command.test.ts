import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { specs, swapcheck } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-ci-'))
const file = join(folder, 'swapcheck.lock')
afterAll(() => rmSync(folder, { recursive: true }))

const ci = (...words: string[]) => swapcheck('ci', '--spec', specs('race'), '--baseline', file, ...words)
const stored = () => JSON.parse(readFileSync(file, 'utf8')).scenarios
type Line = { never: Record<string, Record<string, string[]>>; [figure: string]: unknown }
interface Lock {
  readonly steps: Record<string, string[]>
  readonly scenarios: Record<string, Line>
}
const edit = (change: (scenarios: Lock['scenarios'], lock: Lock) => void): void => {
  const lock: Lock = JSON.parse(readFileSync(file, 'utf8'))
  change(lock.scenarios, lock)
  writeFileSync(file, JSON.stringify(lock))
}

beforeEach(() => {
  rmSync(file, { force: true })
  ci('--update')
})

describe('ci', () => {
  test('--update writes every scenario, the same bytes each time; then nothing has changed', () => {
    const first = readFileSync(file, 'utf8')
    expect(Object.keys(stored())).toHaveLength(9)
    expect(ci('--update')).toEqual({ code: 0, stdout: `${file}: nothing has changed\n`, stderr: '' })
    expect(readFileSync(file, 'utf8')).toBe(first)
    expect(ci()).toEqual({ code: 0, stdout: `9 scenarios: 9 as in ${file}\n`, stderr: '' })
    expect(ci('--workers', '2')).toMatchObject({ code: 0 })
  })

  test('a verdict that turned is shown with the counterexample, and accepted by --update', () => {
    edit((s) => Object.assign(s['race/increments+broken'] ?? {}, { verdict: 'holds', property: undefined, distinct: 16 }))
    const { code, stdout } = ci('increments+broken', 'increments')
    expect(code).toBe(17)
    expect(stdout).toMatch(
      /^changed race\/increments\+broken\n {2}verdict: holds -> violated \(NoLostUpdate\)\n {2}distinct: 16 -> 36\n\n {2}initially|^changed/,
    )
    expect(stdout).toContain('NoLostUpdate is violated')
    expect(stdout).toContain(`2 scenarios: 1 as in ${file}, 1 changed\n`)
    expect(stdout).toContain(`to accept it: swapcheck ci --update --spec ${specs('race')} --baseline ${file} race/increments+broken\n`)
    expect(ci('--update', 'increments+broken').stdout).toBe(`changed race/increments+broken\n${file}: 1 accepted\n`)
    expect(ci().code).toBe(0)
  })

  test('steps that fire and did not are shown with a trace; those that fire no more are named', () => {
    edit((s, { steps }) => {
      steps['race/increment']?.push('recheck')
      Object.assign(s['race/increments']?.never ?? {}, { incrementer: { increment: ['store', 'unlock'] } })
    })
    const { code, stdout } = ci('increments')
    expect(code).toBe(17)
    expect(stdout).toContain('  fires now: incrementer/increment.store incrementer/increment.unlock\n')
    expect(stdout).toContain('  fires no more: incrementer/increment.recheck\n')
    expect(stdout).toContain('  how incrementer/increment.store comes to fire:\n')
    expect(stdout.match(/increment\.\w+$/gm)).toEqual([
      'increment.unlock',
      'increment.recheck',
      'increment.lock',
      'increment.load',
      'increment.store',
    ])
  })

  test('of an action, too', () => {
    edit((s) => Object.assign(s['ticker/vacuous'] ?? {}, { actions: [] }))
    expect(ci('vacuous').stdout).toContain('how tick comes to fire:\n')
  })

  test('scenarios that are new or gone; the latter only where all are compared', () => {
    edit((s) => {
      s['race/of-old'] = s['race/increments'] ?? { never: {} }
      delete s['race/deadlock']
    })
    const { code, stdout } = ci()
    expect(code).toBe(17)
    expect(stdout).toContain(`new race/deadlock\n\ngone race/of-old\n\n9 scenarios: 8 as in ${file}, 1 new, 1 gone\n`)
    expect(ci('increments').code).toBe(0)
    ci('--update', 'increments')
    expect(Object.keys(stored())).toContain('race/of-old')
    ci('--update')
    expect(Object.keys(stored())).not.toContain('race/of-old')
  })
})

describe('a baseline that cannot be used', () => {
  const refused = (message: string, ...words: string[]) => {
    const ran = swapcheck('ci', '--spec', specs('race'), 'increments', ...words)
    expect(ran).toMatchObject({ code: 151, stdout: '' })
    expect(ran.stderr).toBe(`swapcheck: ${message}\n`)
  }

  test('is missing', () => {
    refused("cannot read 'nowhere.lock': there is no such file; 'swapcheck ci --update' writes it", '--baseline', 'nowhere.lock')
  })

  test('is a part of one, or another file: it is not written over', () => {
    const part = readFileSync(file, 'utf8').slice(0, 200)
    writeFileSync(file, part)
    const message = `${file} is not a baseline: it is not JSON, or only a part of it; restore it, or remove it and write it anew with --update`
    refused(message, '--baseline', file)
    refused(message, '--baseline', file, '--update')
    expect(readFileSync(file, 'utf8')).toBe(part)
    refused(
      'package.json is not a baseline: swapcheck: is missing; restore it, or remove it and write it anew with --update',
      '--baseline',
      'package.json',
      '--update',
    )
  })

  test('is no baseline of what a search could not finish', () => {
    expect(swapcheck('ci', '--baseline', join(folder, 'no', 'where.lock'), '--update', 'peterson-2')).toMatchObject({ code: 153 })
  })
})
