import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { specs, swapcheck } from './testing/swapcheck.js'

const folder = mkdtempSync(join(tmpdir(), 'swapcheck-simulate-'))
const file = join(folder, 'bug.itf.json')
afterAll(() => rmSync(folder, { recursive: true }))

const race = (name: string, ...words: string[]) => swapcheck('simulate', '--spec', specs('race'), name, ...words)

describe('simulate', () => {
  test('shrinks what goes wrong, and replay takes it', () => {
    const ran = race('increments+broken', '--seed', '1', '--itf', file)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toContain('shrunk to 8 steps, and replayed\n')
    expect(ran.stdout).toContain('NoLostUpdate is violated')
    expect(race('increments+broken', '--seed', '1').stdout).toBe(ran.stdout)
    expect(swapcheck('replay', '--spec', specs('race'), file)).toMatchObject({ code: 0, stderr: '' })
  })

  test('without a seed, prints the one that it drew', () => {
    const { stdout } = race('increments', '--runs', '3')
    const seed = /^seed (\d+): 3 runs/m.exec(stdout)?.[1] ?? 'none'
    expect(stdout).toContain(`again: swapcheck simulate increments --spec ${specs('race')} --seed ${seed} --runs 3\n`)
  })

  test.each<[string, number, string]>([
    ['increments', 0, 'nothing went wrong\n1,000 runs came to their end, 0 were cut off\n4 of 4 steps fired\n'],
    ['other-property', 12, 'NoLostUpdate is violated'],
    ['deadlock', 11, 'deadlock: nothing can go on'],
    ['assertion', 14, 'assertion failed: WARN_ON(counter != old)'],
  ])('%s: %i', (name, code, text) => {
    const ran = race(name, '--seed', '1')
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
  })

  test('that nothing went wrong is not what a scenario expects that is broken', () => {
    const ran = race('increments+broken', '--seed', '1', '--max-depth', '4', '--itf', join(folder, 'none.json'))
    expect(ran).toMatchObject({ code: 152, stderr: `${join(folder, 'none.json')}: not written, as nothing went wrong\n` })
  })

  test.each<[string, number, string]>([
    ['throws', 75, 'the spec is at fault (threw) in tick: counter is 2'],
    ['leaves-range', 75, 'the spec is at fault (range) in tick'],
  ])('a spec that is wrong: %s: %i', (name, code, text) => {
    const ran = swapcheck('simulate', '--spec', specs('faulty'), name)
    expect(ran).toMatchObject({ code, stderr: '' })
    expect(ran.stdout).toContain(text)
  })

  test.each<[string, number, string]>([
    ['init-throws', 75, 'faulty/init-throws cannot be run: init: no first state'],
    ['no-values', 150, 'faulty/no-values cannot be run: counter: int(3, 0) has no values'],
  ])('a spec that cannot start: %s: %i', (name, code, text) => {
    expect(swapcheck('simulate', '--spec', specs('faulty'), name)).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(text),
    })
  })
})
