/** `swapcheck replay`, and the counterexamples that `check --itf` stores for it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refused } from './testing/refused.js'
import { specs, swapcheck } from './testing/swapcheck.js'
import { writeTrace } from './testing/write-trace.js'

const race = specs('race')
const faulty = specs('faulty')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'swapcheck-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('replay', () => {
  const replay = (file: string) => swapcheck('replay', '--spec', race, file)

  test('a counterexample that check stored', () => {
    const { code, stdout, stderr } = replay(writeTrace(folder))
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('CPU0 incrementer    CPU1 incrementer\n')
    expect(stdout).toMatch(/replayed: 8 steps, violates NoLostUpdate\n$/)
  })

  test('a story that was written into it is told', () => {
    const file = writeTrace(folder, (text) => text.replace('"tool"', '"story": "Two CPUs\\nand\\u001b[2J one lock.",\n    "tool"'))
    expect(replay(file).stdout).toContain('Two CPUs\nand?[2J one lock.\n')
  })

  test.each<[string, (text: string) => string, number, string]>([
    ['a truncated file', (text) => text.slice(0, 500), 151, 'it is not JSON, or only a part of it'],
    ['no JSON', () => 'swapcheck', 151, 'it is not JSON, or only a part of it'],
    ['an empty file', () => '', 151, 'it is not JSON, or only a part of it'],
    ['JSON that is no ITF', () => '{"a": 1}', 151, 'is not a counterexample in ITF: #meta: is missing'],
    ['a deep nest', () => `${'['.repeat(1e6)}${']'.repeat(1e6)}`, 151, 'is not a counterexample in ITF'],
    [
      'a trace of a spec that is not there',
      (text) => text.replaceAll('race/increments+broken', 'rice/increments'),
      16,
      "is a trace of 'rice/increments', and there is no such scenario; the nearest are race/increments",
    ],
    [
      'a trace of another scenario',
      (text) => text.replaceAll('race/increments+broken', 'ticker/vacuous'),
      16,
      'is not a behaviour of ticker/vacuous: it starts in no initial state',
    ],
    [
      'a trace of the repaired scenario',
      (text) => text.replaceAll('race/increments+broken', 'race/increments'),
      16,
      'is not a behaviour of race/increments: step 1, CPU0 incrementer increment.lock, leads to another state; from the file to the spec: locked false -> true',
    ],
    [
      'a step that is not enabled',
      (text) => text.replace('"step":"increment.load"', '"step":"increment.store"'),
      16,
      'step 2, CPU0 incrementer increment.store, is not enabled; enabled are CPU0 incrementer increment.load, CPU1 incrementer increment.lock',
    ],
    [
      'a state that was changed',
      (text) => text.replace('"counter":{"#bigint":"1"}', '"counter":{"#bigint":"2"}'),
      16,
      'step 5, CPU1 incrementer increment.store, leads to another state; from the file to the spec: counter 2 -> 1',
    ],
    [
      'a process that is elsewhere',
      (text) => text.replace('increment.load', 'increment.store'),
      16,
      'from the file to the spec: CPU0 incrementer: at increment.store -> increment.load',
    ],
    [
      'an end that was cut off',
      (text) => text.replace(/,\n[^\n]*\n {2}\]/, '\n  ]'),
      16,
      'all 7 steps can be run, but do not end in NoLostUpdate',
    ],
  ])('%s is refused', (_, change, code, message) => {
    const ran = replay(writeTrace(folder, change))
    expect(ran).toMatchObject(refused(code, message))
  })

  test('of a file that does not exist', () => {
    expect(replay(join(folder, 'nothing.json'))).toMatchObject({ ...refused(151, 'there is no such file'), stdout: '' })
  })

  test('of a folder', () => expect(replay(folder)).toMatchObject(refused(151, 'cannot read')))

  test('of a scenario that has become faulty', () => {
    const file = writeTrace(folder, (text) => text.replaceAll('race/increments+broken', 'faulty/no-values'))
    expect(swapcheck('replay', '--spec', faulty, file)).toMatchObject(refused(150, 'faulty/no-values is at fault'))
    const other = writeTrace(folder, (text) => text.replaceAll('race/increments+broken', 'faulty/init-throws'))
    expect(swapcheck('replay', '--spec', faulty, other)).toMatchObject(refused(75, 'init: no first state'))
  })
})

describe('--itf', () => {
  test('says that there is no counterexample, and leaves a file that is there', () => {
    const file = join(folder, 'kept.json')
    writeFileSync(file, 'kept')
    const ran = swapcheck('check', '--spec', race, 'increments', '--itf', file)
    expect(ran).toMatchObject({ code: 0, stderr: `${file}: not written, as race/increments has no counterexample\n` })
    expect(readFileSync(file, 'utf8')).toBe('kept')
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })

  test.each(['deadlock', 'assertion', 'vacuous'])('what ends in %s can be replayed, if it has a trace', (name) => {
    const file = join(folder, `${name}.itf.json`)
    swapcheck('check', '--spec', race, name, '--itf', file)
    expect(swapcheck('replay', '--spec', race, file).code).toBe(name === 'vacuous' ? 151 : 0)
  })

  test.each(['throws', 'leaves-range'])('what ends in an error of the spec can be replayed: %s', (name) => {
    const file = join(folder, `${name}.itf.json`)
    swapcheck('check', '--spec', faulty, name, '--itf', file)
    expect(swapcheck('replay', '--spec', faulty, file)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('ends in an error of the spec'),
    })
  })
})

describe('a counterexample without an end', () => {
  test('is stored, and replayed', () => {
    const file = join(folder, 'endless.itf.json')
    expect(swapcheck('check', '--spec', race, 'never-locked', '--itf', file).code).toBe(13)
    const { code, stdout } = swapcheck('replay', '--spec', race, file)
    expect(code).toBe(0)
    expect(stdout).toContain('== from here to the end, again and again ==')
    expect(stdout).toContain('replayed: 3 steps, violates LockedAtLast')
  })

  test('that does not come back to where its loop begins is none', () => {
    const file = join(folder, 'no-loop.itf.json')
    swapcheck('check', '--spec', race, 'never-locked', '--itf', file)
    writeFileSync(file, readFileSync(file, 'utf8').replace('"loop": 0', '"loop": 1'))
    expect(swapcheck('replay', '--spec', race, file)).toMatchObject(refused(16, 'all 3 steps can be run, but do not end in LockedAtLast'))
  })
})

test('a counterexample that is written anew keeps the story that somebody has told of it', () => {
  const file = join(folder, 'told.itf.json')
  swapcheck('check', '--spec', race, 'increments+broken', '--itf', file)
  const fresh = readFileSync(file, 'utf8')
  const told = fresh.replace(/("command": .*)\n/, '$1,\n    "story": "Both load, then both store."\n')
  writeFileSync(file, told)
  swapcheck('check', '--spec', race, 'increments+broken', '--itf', file)
  expect(JSON.parse(readFileSync(file, 'utf8'))['#meta'].story).toBe('Both load, then both store.')
  swapcheck('check', '--spec', race, 'other-property', '--itf', file)
  expect(JSON.parse(readFileSync(file, 'utf8'))['#meta'].story).toBe(undefined)
})
