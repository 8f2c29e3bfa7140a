/** The page of the stored counterexamples is current, and what it says of virtual swap is so. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bugs, inexpressible, scenarios } from '../specs/index.js'
import { counterexamplesPage, fileOf, type Stored, shownBy } from './testing/counterexamples-page.js'

const folder = new URL('../counterexamples/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.itf.json'))

function read(file: string): Stored {
  const { '#meta': meta, states } = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  return { file, scenario: meta.scenario, property: meta.property, steps: states.length - 1 }
}

test('counterexamples/README.md is what is stored there', async () => {
  await expect(counterexamplesPage(files.map(read))).toMatchFileSnapshot('../counterexamples/README.md')
})

test('nothing else is stored there', () => {
  expect(readdirSync(folder).filter((file) => !files.includes(file))).toEqual(['README.md'])
})

test('each bug has its file, which a test replays', () => expect(bugs.map(fileOf).filter((file) => !files.includes(file))).toEqual([]))

describe.each([...bugs, ...inexpressible].map((bug) => [bug.id, bug.vswap] as const))('%s in virtual swap', (_, vswap) => {
  const expectOf = (id: string) => scenarios.find((s) => s.id === id)?.expect.verdict

  test('is what the checker says', () => {
    expect(vswap.why).toMatch(/\w/)
    if (vswap.verdict === 'excluded') return
    const id = shownBy(vswap.scenario)
    expect(expectOf(id)).toBe('violated')
    expect(expectOf(id.replace(/\+.*/, '+fixed'))).toBe('holds')
    const isOfRfc = vswap.verdict === 'present' && id.startsWith('vswap/')
    expect(id).toMatch(isOfRfc ? /\+rfc-v2$/ : /\+broken$/)
  })
})
