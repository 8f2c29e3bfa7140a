import { describe, expect, test } from 'vitest'
import { isLeftOut, leavingOut, mayBeLacked, type Taken } from './left-out.js'

describe('what is left out', () => {
  test('is nothing by itself', () => expect([isLeftOut('lock'), mayBeLacked('lock')]).toEqual([false, false]))

  test('is what is said, and only for that long', () => {
    const asked = leavingOut({ taken: 'lock', lacked: 'section' }, () => [
      isLeftOut('lock'),
      isLeftOut('section'),
      mayBeLacked('lock'),
      mayBeLacked('section'),
    ])
    expect(asked).toEqual([true, false, false, true])
    expect(isLeftOut('lock')).toBe(false)
  })

  test('is what it was before, where a step throws', () => {
    const inside = leavingOut({ taken: 'lock' }, () => {
      expect(() => leavingOut({}, () => expect.fail('it throws'))).toThrow('it throws')
      return isLeftOut('lock')
    })
    expect(inside).toBe(true)
  })

  test('what is taken is heard of', () => {
    const heard: Taken[] = []
    leavingOut({ heard: (what) => heard.push(what) }, () => [isLeftOut('section'), isLeftOut('lock'), mayBeLacked('lock')])
    expect(heard).toEqual(['section', 'lock'])
  })
})
