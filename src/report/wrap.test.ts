import { expect, test } from 'vitest'
import { fill, wrap } from './wrap.js'

test('lines are broken at spaces, and never longer than the width', () => {
  expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
})

test('a word that is too long has a line of its own', () => expect(wrap('a much_too_long b', 5)).toEqual(['a', 'much_too_long', 'b']))

test('words may have spaces in them', () => expect(fill(['a = 1,', 'b = 2,', 'c = 3'], 13)).toEqual(['a = 1, b = 2,', 'c = 3']))
