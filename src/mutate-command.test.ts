/** `swapcheck mutate`. */
import { describe, expect, test } from 'vitest'
import { refused } from './testing/refused.js'
import { specs, swapcheck } from './testing/swapcheck.js'

const race = specs('race')

describe('mutate', () => {
  test('a line for each protection, and 0 where each is missed', () => {
    const { code, stdout, stderr } = swapcheck('mutate', 'classics')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/\nok {2}give way +classics\/peterson-2 +8 {2}EntryIsEarned\n/)
    expect(stdout).toMatch(/ protections, (\d+) noticed, 0 not; all as the spec says\n$/)
  })

  test('--json', () => {
    const { code, stdout } = swapcheck('mutate', 'classics', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toContainEqual({
      protection: 'blacken the sender',
      asExpected: true,
      tried: 1,
      noticed: { verdict: 'violated', property: 'Inv', scenario: 'classics/ewd840-3', distinct: expect.any(Number), depth: 4 },
    })
  })

  test('a spec whose scenarios do not hold is refused', () =>
    expect(swapcheck('mutate', 'race', '--spec', race)).toMatchObject(refused(11, 'race/deadlock does not hold as it is (deadlock)')))

  test('15 where nobody misses a protection, and the spec does not say why', () => {
    const { code, stdout } = swapcheck('mutate', 'spare', '--spec', race)
    expect(code).toBe(15)
    expect(stdout).toMatch(/\nFAIL +belt +nobody\n/)
    expect(stdout).toContain('2 protections, 1 noticed, 1 not; 1 not as the spec says')
  })
})
