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

test('is a block for each scenario, sorted, with a line for each procedure', () => {
  const held = { verdict: 'holds', distinct: 3, generated: 4, depth: 2 } as const
  const fires = ['a/f.one', 'a/f.two', 'a/g.one']
  expect(formatLock({ 's/b': { ...held, fires: [] }, 's/a': { ...held, fires: ['tick', ...fires] } })).toBe(`{
  "swapcheck": 1,
  "scenarios": {
    "s/a": {
      "verdict": "holds",
      "distinct": 3,
      "generated": 4,
      "depth": 2,
      "fires": {
        "": ["tick"],
        "a/f": ["one", "two"],
        "a/g": ["one"]
      }
    },
    "s/b": {
      "verdict": "holds",
      "distinct": 3,
      "generated": 4,
      "depth": 2,
      "fires": {}
    }
  }
}
`)
})

describe('what is no lock file', () => {
  test.each([
    ['', 'it is not JSON, or only a part of it'],
    ['{ "swapcheck": 1,', 'it is not JSON, or only a part of it'],
    ['{\n<<<<<<< HEAD\n', 'line 2 begins a conflict of a merge'],
    ['[]', 'swapcheck: is missing'],
    ['7', 'the file: expected Object, came 7'],
    ['{ "swapcheck": 2, "scenarios": {} }', 'swapcheck: expected 1, came 2'],
    ['{ "swapcheck": 1 }', 'scenarios: is missing'],
    ['{ "swapcheck": 1, "scenarios": { "a/b": { "verdict": "fine" } } }', 'scenarios.a/b.verdict: expected ("holds" | "violated"'],
    [
      '{ "swapcheck": 1, "scenarios": { "a/b": { "verdict": "holds", "distinct": -1, "generated": 1, "depth": 1, "fires": {} } } }',
      'scenarios.a/b.distinct: expected >=0, came -1',
    ],
  ])('%j is refused', (text, message) => expect(() => parseLock(text)).toThrow(message))
})
