/** The corpus is true of the scenarios that it names. */
import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { scenarios } from '../index.js'
import { bugs, inexpressible, pairOf, storyOf } from './index.js'

const find = (id: string) => scenarios.find((s) => s.id === id)

test('no two entries have one id, or one name', () => {
  const ids = [...bugs, ...inexpressible].map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(new Set(bugs.map(({ slug }) => slug)).size).toBe(bugs.length)
})

test('at most five cannot be expressed', () => expect(inexpressible.length).toBeLessThanOrEqual(5))

test('the tag is that of its pairs alone', () => {
  const tagged = scenarios.filter((s) => s.tags?.includes('corpus')).map((s) => s.id)
  expect(tagged.sort()).toEqual([...new Set(bugs.flatMap(pairOf))].sort())
})

describe.each(bugs.map((bug) => [`${bug.id} ${bug.slug}`, bug] as const))('%s', (_, bug) => {
  const [broken, fixed] = pairOf(bug).map(find)

  it('is violated without one protection, and holds with it', () => {
    expect(broken?.expect).toMatchObject({ verdict: 'violated', property: bug.property })
    expect(broken?.without).toHaveLength(1)
    expect(fixed?.expect.verdict).toBe('holds')
  })

  it('has a stored counterexample that tells its story', () => {
    const file = new URL(`../../counterexamples/${bug.spec}-${bug.slug}+broken.itf.json`, import.meta.url)
    const { story }: { story?: unknown } = JSON.parse(readFileSync(file, 'utf8'))['#meta']
    expect(story).toBe(storyOf(bug))
  })

  it('names a scenario that violates something, where it is not excluded', () => {
    if (bug.vswap.verdict === 'excluded') return
    const { scenario } = bug.vswap
    const shown = find(scenario.includes('/') ? scenario : `vswap/${scenario}`)
    expect(shown?.expect.verdict).toBe('violated')
    expect(shown?.without).toHaveLength(1)
  })
})
