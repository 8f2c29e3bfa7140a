import { expect, test } from 'vitest'
import { progressLine } from './progress.js'

const figures = { distinct: 342_928, generated: 1_383_498, frontier: 38_638, depth: 25, seconds: 3, bytes: 0, workers: 1 }

test('says how far it has come', () => {
  expect(progressLine('classics/x', figures, 89 * 2 ** 20, 120)).toBe(
    'classics/x: 342,928 distinct, 1,383,498 generated, frontier 38,638, depth 25, 461,166 states/s, 89 MB',
  )
})

test('says how many workers there are, if there are several', () => {
  expect(progressLine('x', { ...figures, workers: 2 }, 89 * 2 ** 20, 120)).toMatch(/, 89 MB, 2 workers$/)
})

test('leaves out the id where there is no room for it', () => {
  expect(progressLine('classics/x', figures, 89 * 2 ** 20, 90)).toBe(
    '342,928 distinct, 1,383,498 generated, frontier 38,638, depth 25, 461,166 states/s, 89 MB',
  )
})
