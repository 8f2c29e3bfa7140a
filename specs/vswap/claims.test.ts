/** CLAIMS.md: every scenario that it names exists, and shows what the table says of it. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { scenarios } from '../index.js'

interface Claim {
  readonly claim: string
  readonly named: readonly string[]
  readonly verdict: string
}

const text = readFileSync(new URL('CLAIMS.md', import.meta.url), 'utf8')
const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| claim |'))
const claims: readonly Claim[] = rows.map((row) => {
  const [, claim = '', , named = '', verdict = ''] = row.split(' | ').join('|').split('|')
  return { claim: claim.trim(), named: [...named.matchAll(/`([^`]+)`/g)].flatMap(([, name]) => name ?? []), verdict: verdict.trim() }
})
const verdictOf = (name: string) => scenarios.find((s) => s.id === `vswap/${name}`)?.expect.verdict

it('has claims', () => expect(claims.length).toBeGreaterThan(40))

describe.each(claims.map((claim) => [claim.claim.slice(0, 60), claim] as const))('%s', (_, { named, verdict }) => {
  it('names scenarios that exist', () => expect(named.filter((name) => verdictOf(name) === undefined)).toEqual([]))

  it('names one, or says why there is none', () => {
    expect(named.length > 0).toBe(!/^not (checked|in this model)/.test(verdict))
  })

  it('names what it is refuted by', () => {
    if (verdict.includes('refuted')) expect(verdict).toMatch(/F[0-9]+/)
    if (verdict.startsWith('refuted')) expect(named.some((name) => verdictOf(name) === 'violated')).toBe(true)
    if (verdict.startsWith('holds')) expect(named.some((name) => verdictOf(name) === 'holds' || name.endsWith('+broken'))).toBe(true)
  })
})
