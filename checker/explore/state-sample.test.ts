import { expect, test } from 'vitest'
import { MOST_SAMPLED, StateSample } from './state-sample.js'

const states = Array.from({ length: 20_000 }, (_, i) => Int32Array.of(i % 100, Math.floor(i / 100)))

/** Its states, in an order of their own. */
function picked(sample: StateSample): string[] {
  return sample.states.map((state) => state.join()).toSorted()
}

function sampleOf(list: readonly Int32Array[]): StateSample {
  const sample = new StateSample()
  for (const state of list) sample.note(state)
  return sample
}

test('a few states are all in it', () => {
  const few = states.slice(0, MOST_SAMPLED)
  expect(picked(sampleOf(few))).toEqual(few.map((state) => state.join()).toSorted())
})

test('of many it keeps some, whatever their order', () => {
  const sample = picked(sampleOf(states))
  expect(sample.length).toBeLessThanOrEqual(MOST_SAMPLED)
  expect(sample.length).toBeGreaterThan(MOST_SAMPLED / 4)
  expect(picked(sampleOf(states.toReversed()))).toEqual(sample)
})

test('several that have each seen a part have together what one that has seen all has', () => {
  const whole = sampleOf(states.slice(0, 15_000))
  const parts = [states.slice(0, 600), states.slice(600, 14_000), states.slice(14_000, 15_000)].map(sampleOf)
  const sum = new StateSample()
  for (const { zeros, states } of parts) sum.addAll(structuredClone({ zeros, states }))
  expect(picked(sum)).toEqual(picked(whole))
})
