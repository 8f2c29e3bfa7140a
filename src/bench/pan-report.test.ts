import { describe, expect, test } from 'vitest'
import { isPrintedAs, readPanReport } from './pan-report.js'

const printed = `
(Spin Version 6.5.2 -- 6 December 2019)

Full statespace search for:
	assertion violations	+

State-vector 20 byte, depth reached 28, errors: 0
 10340352 states, stored
1.132181e+08 states, matched
1.235584e+08 transitions (= stored+matched)
        0 atomic steps
`

describe('the report of pan', () => {
  test('has the counts', () => expect(readPanReport(printed)).toEqual({ stored: 10_340_352, transitions: 123_558_400 }))

  test.each([
    ['an error', printed.replace('errors: 0', 'errors: 1')],
    ['a bound on the depth', `error: max search depth too small\n${printed}`],
    ['a bound on memory', `${printed}Warning: Search not completed\n`],
    ['no counts', 'pan: cannot open file'],
  ])('of a search that ended with %s is refused', (_, text) => expect(() => readPanReport(text)).toThrow('pan did not search all'))
})

test('a count is compared by the digits that pan prints', () => {
  expect(isPrintedAs(123_558_402, 123_558_400)).toBe(true)
  expect(isPrintedAs(123_558_502, 123_558_400)).toBe(false)
  expect(isPrintedAs(1_745_408, 1_745_407)).toBe(false)
})
