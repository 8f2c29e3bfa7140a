/** Each lock, where a mutant leaves it out of one thread of two. */
import { expect, test } from 'vitest'
import {
  blocked,
  domain,
  type Id,
  language,
  leavingOut,
  ordinal,
  process,
  type RecordView,
  type Ref,
  record,
  ret,
  schema,
  set,
  type Taken,
  Thread,
} from '../../checker/index.js'
import { folio_lock, folio_lock_fields, folio_lock_to_io, folio_trylock, folio_unlock } from './folio-lock.js'
import { rcu_read_lock, rcu_read_lock_held, rcu_read_unlock, rcu_state } from './rcu.js'
import { read_lock, read_unlock, rwlock_t, write_lock, write_unlock } from './rwlock.js'
import { spin_lock, spin_trylock, spin_unlock, spinlock_t } from './spinlock.js'
import { litmus } from './testing/litmus.js'

const state = schema({
  spin: spinlock_t,
  rw: rwlock_t,
  folio: record(folio_lock_fields),
  rcu: rcu_state(domain('obj', 1)),
  inside: set(Thread),
})
const { invariant, procedure, reachable, spec } = language(state)
type State = RecordView<(typeof state)['fields']>
type Self = Id<'thread'>

const taking = (name: string, what: Taken, lock: (s: State, self: Self) => boolean, unlock: (s: State, self: Self) => void) => {
  const thread = (kind: string, leftOut: object) =>
    process(
      kind,
      procedure(
        kind,
        {},
        {
          lock(s, me) {
            if (!leavingOut({ lacked: what, ...leftOut }, () => lock(s, me.self))) return blocked
            s.inside.add(me.self)
            return 'unlock'
          },
          unlock(s, me) {
            s.inside.delete(me.self)
            leavingOut({ lacked: what, ...leftOut }, () => unlock(s, me.self))
            return ret()
          },
        },
      ),
    )
  return { name, run: [thread('locker', {})({}), thread('mutant', { taken: what })({})] }
}

const isFirst = (thread: Ref<'thread'>): boolean => ordinal(thread) === 1

/** The first thread is a locker, and the second one does without. */
const holds: Readonly<Record<string, (s: State) => boolean>> = {
  spin_lock: (s) => isFirst(s.spin.owner),
  spin_trylock: (s) => isFirst(s.spin.owner),
  read_lock: (s) => s.rw.readers.size === 1 && s.rw.readers.toArray().every(isFirst),
  write_lock: (s) => isFirst(s.rw.writer),
  folio_lock: (s) => s.folio.PG_locked && isFirst(s.folio.locked_by),
  folio_trylock: (s) => s.folio.PG_locked && isFirst(s.folio.locked_by),
}

const locks = [
  taking(
    'spin_lock',
    'lock',
    (s, self) => spin_lock(s.spin, self),
    (s, self) => spin_unlock(s.spin, self),
  ),
  taking(
    'spin_trylock',
    'lock',
    (s, self) => spin_trylock(s.spin, self),
    (s, self) => spin_unlock(s.spin, self),
  ),
  taking(
    'read_lock',
    'lock',
    (s, self) => read_lock(s.rw, self),
    (s, self) => read_unlock(s.rw, self),
  ),
  taking(
    'write_lock',
    'lock',
    (s, self) => write_lock(s.rw, self),
    (s, self) => write_unlock(s.rw, self),
  ),
  taking(
    'folio_lock',
    'lock',
    (s, self) => folio_lock(s.folio, self),
    (s, self) => folio_unlock(s.folio, self),
  ),
  taking(
    'folio_trylock',
    'lock',
    (s, self) => folio_trylock(s.folio, self),
    (s, self) => folio_unlock(s.folio, self),
  ),
]

test.each(locks)('$name: both are inside, and the one that holds it keeps it until it leaves', ({ name, run }) => {
  const bothInside = reachable('BothInside', 'Both are inside.', (s) => s.inside.size === 2)
  const isKept = invariant('IsKept', 'The first thread holds it while it is inside.', (s) => {
    return s.inside.toArray().some(isFirst) === (holds[name]?.(s) ?? false)
  })
  expect(litmus(spec({ name: 'left-out', title: name, properties: [bothInside, isKept] }), run)).toBe('holds')
})

test('a folio lock that was left out is not given to a read', () => {
  const { run } = taking(
    'folio_lock',
    'lock',
    (s, self) => folio_lock(s.folio, self),
    (s, self) => (!isFirst(self) ? folio_lock_to_io(s.folio, self) : folio_unlock(s.folio, self)),
  )
  const isNoReads = invariant('IsNoReads', 'No read has the lock.', (s) => !s.folio.PG_locked || isFirst(s.folio.locked_by))
  expect(litmus(spec({ name: 'left-out', title: 'folio_lock_to_io', properties: [isNoReads] }), run)).toBe('holds')
})

test('a read-side section that is left out inside another one leaves that as it is', () => {
  const nested = procedure(
    'nested',
    {},
    {
      outer(s, me) {
        rcu_read_lock(s.rcu, me.self)
        return 'inner'
      },
      inner(s, me) {
        leavingOut({ taken: 'section', lacked: 'section' }, () => {
          rcu_read_lock(s.rcu, me.self)
          rcu_read_unlock(s.rcu, me.self)
        })
        return 'unlock'
      },
      unlock(s, me) {
        if (rcu_read_lock_held(s.rcu, me.self)) s.inside.add(me.self)
        rcu_read_unlock(s.rcu, me.self)
        return ret()
      },
    },
  )
  const isHeld = reachable('IsHeld', 'It was inside to its end.', (s) => s.inside.toArray().some(isFirst))
  expect(litmus(spec({ name: 'left-out', title: 'rcu', properties: [isHeld] }), [process('reader', nested)({})])).toBe('holds')
})
