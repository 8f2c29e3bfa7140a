import { describe, expect, test } from 'vitest'
import { editDistance, nearest } from './nearest.js'

test.each([
  ['', 'abc', 3],
  ['check', 'check', 0],
  ['chek', 'check', 1],
  ['reprter', 'reporter', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j it is %i edits', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance)
  expect(editDistance(b, a)).toBe(distance)
})

describe('the nearest names', () => {
  test('come nearest first, at most three', () => {
    expect(nearest('abcd', ['wxyz', 'abcx', 'abxx', 'abcde', 'axxx'])).toEqual(['abcde', 'abcx', 'abxx'])
  })

  test('that contain the wrong one are the nearest of all', () => {
    expect(nearest('swapin', ['swapout', 'direct-swapin+broken'])[0]).toBe('direct-swapin+broken')
  })

  test('that are too far are left out', () => {
    expect(nearest('chek', ['check', 'replay'], 2)).toEqual(['check'])
  })
})
