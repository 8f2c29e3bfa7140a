import { describe, expect, test } from 'vitest'
import { assert, blocked, language, process, ret, schema, set, Thread } from '../../checker/index.js'
import { spin_is_locked, spin_lock, spin_trylock, spin_unlock, spinlock_t } from './spinlock.js'
import { litmus } from './testing/litmus.js'

const state = schema({ lock: spinlock_t, inside: set(Thread) })
const { procedure, invariant, reachable, spec, guard } = language(state, { protections: ['take the lock'] })

const mutualExclusion = invariant('MutualExclusion', 'At most one thread is inside.', (s) => s.inside.size <= 1)

const critical = process(
  'critical',
  procedure(
    'critical',
    {},
    {
      lock(s, me) {
        if (guard('take the lock') && !spin_lock(s.lock, me.self)) return blocked
        s.inside.add(me.self)
        return 'unlock'
      },
      unlock(s, me) {
        s.inside.delete(me.self)
        if (guard('take the lock')) spin_unlock(s.lock, me.self)
        return ret()
      },
    },
  ),
)
const three = [critical({}), critical({}), critical({})]
const section = spec({ name: 'section', title: 'A critical section', properties: [mutualExclusion] })

describe('a spin lock', () => {
  test('lets one thread in at a time, and every thread in the end', () => {
    expect(litmus(section, three)).toBe('holds')
  })

  test('is what does it', () => {
    expect(litmus(section, three, { without: ['take the lock'] })).toBe('violated MutualExclusion')
  })

  test('is seen to be locked by others while it is', () => {
    const whileLocked = invariant(
      'WhileLocked',
      'It is locked while somebody is inside.',
      (s) => spin_is_locked(s.lock) === s.inside.size > 0,
    )
    expect(litmus(section, three, { properties: [whileLocked] })).toBe('holds')
  })
})

describe('what lockdep reports', () => {
  const once = (body: (lock: Parameters<typeof spin_lock>[0], self: Parameters<typeof spin_lock>[1]) => unknown) => {
    const steps = procedure(
      'once',
      {},
      {
        once(s, me) {
          body(s.lock, me.self)
          return ret()
        },
      },
    )
    return litmus(spec({ name: 'once', title: 'One step', properties: [] }), [process('once', steps)({})])
  }

  test('taking a lock that the thread holds', () => {
    const outcome = once((lock, self) => spin_lock(lock, self) && spin_lock(lock, self))
    expect(outcome).toBe('violated LockingCorrect: possible recursive locking detected')
  })

  test('dropping a lock that nobody holds', () => {
    expect(once(spin_unlock)).toBe('violated LockingCorrect: bad unlock balance detected!')
  })

  test('but not a trylock of a lock that the thread holds, which fails', () => {
    const outcome = once((lock, self) => assert(spin_trylock(lock, self) && !spin_trylock(lock, self), 'trylock'))
    expect(outcome).toBe('holds')
  })
})

describe('spin_trylock', () => {
  const opportunist = process(
    'opportunist',
    procedure(
      'opportunist',
      {},
      {
        trylock(s, me) {
          if (!spin_trylock(s.lock, me.self)) return ret()
          s.inside.add(me.self)
          return 'unlock'
        },
        unlock(s, me) {
          s.inside.delete(me.self)
          spin_unlock(s.lock, me.self)
          return ret()
        },
      },
    ),
  )

  test('goes on without the lock where another thread holds it', () => {
    const gaveUp = reachable('GaveUp', 'One thread is inside, and nobody waits for it.', (s) => s.inside.size === 1)
    const opportunists = spec({ name: 'opportunists', title: 'Two who try', properties: [mutualExclusion, gaveUp] })
    expect(litmus(opportunists, [opportunist({}), opportunist({})])).toBe('holds')
  })
})
