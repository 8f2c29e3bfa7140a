import { expect, test } from 'vitest'
import { blocked, language, process, ret, schema } from '../../checker/index.js'
import { lockdep_assert_held } from './lockdep.js'
import { spin_lock, spin_unlock, spinlock_t } from './spinlock.js'
import { litmus } from './testing/litmus.js'

const { procedure, spec, guard } = language(schema({ lock: spinlock_t }), { protections: ['hold the lock over the call'] })

const caller = process(
  'caller',
  procedure(
    'caller',
    {},
    {
      lock(s, me) {
        return spin_lock(s.lock, me.self) ? 'unlock' : blocked
      },
      unlock(s, me) {
        if (guard('hold the lock over the call')) lockdep_assert_held(s.lock, me.self)
        spin_unlock(s.lock, me.self)
        if (!guard('hold the lock over the call')) lockdep_assert_held(s.lock, me.self)
        return ret()
      },
    },
  ),
)
const calls = spec({ name: 'calls', title: 'A function that wants a lock held', properties: [] })

test('lockdep_assert_held is content with the caller that holds the lock', () => {
  expect(litmus(calls, [caller({}), caller({})])).toBe('holds')
})

test('lockdep_assert_held reports the caller that has dropped it', () => {
  const outcome = litmus(calls, [caller({}), caller({})], { without: ['hold the lock over the call'] })
  expect(outcome).toBe('violated LockingCorrect: lockdep_assert_held(lock)')
})
