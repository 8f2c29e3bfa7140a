import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { Baseline } from '../baseline.js'
import { formatLock, parseLock } from './lock.js'

const word = fc.stringMatching(/^[a-z_]{1,6}$/)
const step = fc.oneof(
  word,
  fc.tuple(fc.stringMatching(/^[a-z ]{1,6}$/), word, word).map(([process, procedure, label]) => `${process}/${procedure}.${label}`),
)
const baseline: fc.Arbitrary<Baseline> = fc
  .record({
    verdict: fc.constantFrom('holds', 'deadlock'),
    distinct: fc.nat(),
    generated: fc.nat(),
    depth: fc.nat(),
    fires: fc.uniqueArray(step).map((steps) => steps.sort()),
  })
  .chain((b) => fc.constantFrom(b, { ...b, verdict: 'violated', property: 'P' }) as fc.Arbitrary<Baseline>)

prop.prop([fc.dictionary(fc.stringMatching(/^[a-z]{2,5}\/[a-z+-]{1,8}$/), baseline, { noNullPrototype: true })])(
  'is read as it was written, and written in one way',
  (baselines) => {
    const text = formatLock(baselines)
    expect(parseLock(text)).toEqual(baselines)
    expect(formatLock(Object.fromEntries(Object.entries(baselines).reverse()))).toBe(text)
  },
)

const held = { verdict: 'holds', distinct: 3, generated: 4, depth: 2 } as const
const fires = ['a/f.one', 'a/f.two', 'a/g.one']

test('is a line for each scenario, sorted, with what fires elsewhere and not there', () => {
  const few = { ...held, fires: ['a/f.two', 'b/g.one', 'tick'] }
  expect(formatLock({ 's/b': few, 's/a': { ...held, fires }, 's/c': { ...held, fires: [] } })).toBe(`{
  "swapcheck": 2,
  "steps": {
    "s/f": ["one","two"],
    "s/g": ["one"]
  },
  "processes": {
    "s/a": ["f","g"],
    "s/b": ["g"]
  },
  "scenarios": {
    "s/a": {"verdict":"holds","distinct":3,"generated":4,"depth":2,"never":{"a":{}}},
    "s/b": {"verdict":"holds","distinct":3,"generated":4,"depth":2,"actions":["tick"],"never":{"a":{"f":["one"],"g":"all"},"b":{}}},
    "s/c": {"verdict":"holds","distinct":3,"generated":4,"depth":2,"never":{}}
  }
}
`)
})

test('a step that begins to fire in one scenario changes its line alone', () => {
  const lines = (steps: readonly string[]) => formatLock({ 's/a': { ...held, fires }, 's/b': { ...held, fires: steps } }).split('\n')
  const before = lines(['a/f.one', 'a/g.one'])
  const changed = lines(fires).filter((line) => !before.includes(line))
  expect(changed).toEqual([expect.stringContaining('"s/b"')])
})

test('a spec knows nothing of the steps of another', () => {
  expect(formatLock({ 's/a': { ...held, fires }, 't/a': { ...held, fires: ['a/f.one'] } })).toContain('"t/f": ["one"]')
})

describe('what is no lock file', () => {
  const figures = '"verdict":"holds","distinct":1,"generated":1,"depth":1'
  const lock = (line: string, processes = '') => `{"swapcheck":2,"steps":{},"processes":{${processes}},"scenarios":{"a/b":{${line}}}}`
  test.each([
    ['', 'it is not JSON, or only a part of it'],
    ['{ "swapcheck": 1,', 'it is not JSON, or only a part of it'],
    ['{\n<<<<<<< HEAD\n', 'line 2 begins a conflict of a merge'],
    ['[]', 'swapcheck: is missing'],
    ['7', 'the file: expected Object, came 7'],
    ['{ "swapcheck": 1, "scenarios": {} }', 'swapcheck: expected 2, came 1'],
    ['{ "swapcheck": 2, "steps": {}, "processes": {} }', 'scenarios: is missing'],
    [lock('"verdict":"fine"'), 'scenarios.a/b.verdict: expected ("holds" | "violated"'],
    [lock('"verdict":"holds","distinct":-1'), 'scenarios.a/b.distinct: expected >=0, came -1'],
    [lock(`${figures},"never":{"p":{"f":"some"}}`), 'scenarios.a/b.never.p.f: expected (Array | "all"), came "some"'],
    [lock(`${figures},"never":{"p":{}}`), "processes has no 'a/p', which a scenario runs"],
    [lock(`${figures},"never":{"p":{}}`, '"a/p":["f"]'), "steps has no 'a/f', which a scenario runs"],
  ])('%j is refused', (text, message) => expect(() => parseLock(text)).toThrow(message))
})
