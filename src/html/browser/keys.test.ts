import { expect, test } from 'vitest'
import type { PageTrace } from '../page-data.js'
import { stateAfterKey } from './keys.js'
import { formatPlace, readPlace } from './place.js'

const state = { values: [], processes: [] }
const step = (lane: number) => ({ lane, title: '', changes: [], failed: false })
const trace: PageTrace = {
  lanes: ['CPU0 a', 'CPU1 b'],
  steps: [step(0), step(1), step(1), step(0)],
  variables: [],
  states: Array(5).fill(state),
  drawing: { columns: [], arrows: [] },
}

test.each<[string, boolean, number, number | undefined]>([
  ['ArrowRight', false, 1, 2],
  ['ArrowRight', false, 4, 4],
  ['ArrowLeft', false, 0, 0],
  ['ArrowLeft', false, 3, 2],
  ['Home', false, 3, 0],
  ['End', false, 0, 4],
  ['ArrowRight', true, 1, 4],
  ['ArrowLeft', true, 4, 1],
  ['ArrowRight', true, 3, 3],
  ['ArrowLeft', true, 1, 1],
  ['x', false, 1, undefined],
])('%s, shifted %s, leads from %i to %s', (key, isShifted, at, to) => expect(stateAfterKey(key, isShifted, trace, at)).toBe(to))

test('a place is in the address', () => {
  for (const place of [
    { run: 'vswap/a+b', state: 3 },
    { run: 'x', state: undefined },
  ])
    expect(readPlace(formatPlace(place))).toEqual(place)
  expect(readPlace('#state=x&run=a')).toEqual({ run: 'a', state: undefined })
})
