import { expect, test } from 'vitest'
import { explore } from '../explore/explore.js'
import { language } from '../machine/language.js'
import { ret, sleep } from '../machine/outcome.js'
import { process } from '../machine/process.js'
import { scenario } from '../machine/scenario.js'
import { int, schema } from '../schema/field.js'
import { replay } from './replay.js'
import { Walker } from './walker.js'

const { procedure, invariant, spec } = language(schema({ tries: int(0, 2) }))
const retry = procedure(
  'retry',
  {},
  {
    attempt(s) {
      s.tries += 1
      return s.tries < 2 ? 'failed' : ret()
    },
    failed: () => sleep('attempt'),
  },
)
const twice = invariant('OnlyOnce', 'It is tried once.', (s) => s.tries < 2)
const sleepy = scenario(spec({ name: 'retry', title: 'A second attempt', properties: [twice] }), {
  name: 'sleepy',
  title: 'After a sleep',
  run: [process('thread', retry)({})],
  expect: { verdict: 'violated', property: 'OnlyOnce', distinct: 4, generated: 4, depth: 4 },
})

test('a trace says of a step that it began with a sleep, and so does one that is run again', () => {
  const { verdict } = explore(sleepy)
  if (verdict.kind !== 'violated') throw new Error(`the run gave ${verdict.kind}`)
  const sleeps = [
    ['retry.attempt', undefined],
    ['retry.failed', true],
    ['retry.attempt', undefined],
  ]
  expect(verdict.trace.steps.map(({ step, slept }) => [step, slept])).toEqual(sleeps)
  const stored = { ...verdict.trace, steps: verdict.trace.steps.map(({ slept: _, ...step }) => step) }
  const again = replay(sleepy, { trace: stored, claim: { kind: 'violated', property: 'OnlyOnce' } })
  expect(again.kind === 'replayed' && 'trace' in again.verdict && again.verdict.trace?.steps).toEqual(verdict.trace.steps)
  const walker = new Walker(sleepy)
  const [start] = walker.starts()
  expect(start && walker.from(start).map(({ step }) => step.slept)).toEqual([undefined])
})
