import { describe, expect, test } from 'vitest'
import { assert, blocked, bool, language, process, record, ret, schema, set, Thread } from '../../checker/index.js'
import { folio_end_read, folio_lock, folio_lock_fields, folio_lock_to_io, folio_trylock, folio_unlock } from './folio-lock.js'
import { litmus } from './testing/litmus.js'

const state = schema({ folio: record({ ...folio_lock_fields, reading: bool, uptodate: bool }), inside: set(Thread) })
const { procedure, action, invariant, spec, guard } = language(state, { protections: ['folio_lock'] })
const alone = invariant('Alone', 'At most one thread works on the folio.', (s) => s.inside.size <= 1)

const user = process(
  'user',
  procedure(
    'user',
    {},
    {
      lock(s, me) {
        if (guard('folio_lock') && !folio_lock(s.folio, me.self)) return blocked
        s.inside.add(me.self)
        return 'unlock'
      },
      unlock(s, me) {
        s.inside.delete(me.self)
        if (guard('folio_lock')) folio_unlock(s.folio, me.self)
        return ret()
      },
    },
  ),
)
const two = [user({}), user({})]
const users = spec({ name: 'users', title: 'Two users of a folio', properties: [alone] })

describe('the folio lock', () => {
  test('lets one thread work on the folio at a time', () => {
    expect(litmus(users, two)).toBe('holds')
  })

  test('is what does it', () => {
    expect(litmus(users, two, { without: ['folio_lock'] })).toBe('violated Alone')
  })

  test('that is never dropped keeps the next thread out for good', () => {
    const leak = procedure('leak', {}, { lock: (s, me) => (folio_lock(s.folio, me.self) ? ret() : blocked) })
    expect(litmus(spec({ name: 'leak', title: 'A leak', properties: [] }), [process('leak', leak)({}), process('next', leak)({})])).toBe(
      'deadlock',
    )
  })
})

describe('a read of a locked folio', () => {
  const reader = process(
    'reader',
    procedure(
      'swap_read_folio',
      {},
      {
        submit(s, me) {
          folio_trylock(s.folio, me.self)
          folio_lock_to_io(s.folio, me.self)
          s.folio.reading = true
          return 'wait'
        },
        /** Taking the lock again is how to wait for the read. */
        wait(s, me) {
          if (guard('folio_lock') && !folio_lock(s.folio, me.self)) return blocked
          return 'use'
        },
        use(s, me) {
          assert(s.folio.uptodate, 'VM_BUG_ON_FOLIO(!folio_test_uptodate(folio), folio)')
          folio_unlock(s.folio, me.self)
          return ret()
        },
      },
    ),
  )
  const end_swap_bio_read = action('end_swap_bio_read', {
    guard: (s) => s.folio.reading,
    effect(s) {
      s.folio.reading = false
      s.folio.uptodate = true
      folio_end_read(s.folio)
    },
  })
  const locked = invariant('LockedWhileRead', 'The folio is locked while it is read.', (s) => !s.folio.reading || s.folio.PG_locked)
  const reads = spec({ name: 'reads', title: 'A read', actions: [end_swap_bio_read], properties: [locked] })

  test('unlocks it as it completes, and whoever waited for the lock sees the data', () => {
    expect(litmus(reads, [reader({})])).toBe('holds')
  })

  test('is not waited for by a thread that does not take the lock', () => {
    const outcome = litmus(reads, [reader({})], { without: ['folio_lock'] })
    expect(outcome).toBe(
      'violated VM_BUG_ON_FOLIO(!folio_test_uptodate(folio), folio): VM_BUG_ON_FOLIO(!folio_test_uptodate(folio), folio)',
    )
  })
})

describe('what is reported', () => {
  type Folio = Parameters<typeof folio_lock>[0]
  type Self = Parameters<typeof folio_lock>[1]
  const unlocked = 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)'
  const unbalanced = 'violated LockingCorrect: bad unlock balance detected!'

  test.each<[string, string, (folio: Folio, self: Self) => unknown]>([
    [
      'folio_lock of a folio that the thread has locked',
      'violated LockingCorrect: possible recursive locking detected',
      (folio, self) => folio_lock(folio, self) && folio_lock(folio, self),
    ],
    ['folio_unlock of an unlocked folio', `violated ${unlocked}: ${unlocked}`, folio_unlock],
    ['folio_end_read of an unlocked folio', `violated ${unlocked}: ${unlocked}`, folio_end_read],
    [
      'folio_end_read of a folio that a thread has locked',
      'violated LockingCorrect: folio_end_read of a folio that a thread has locked',
      (folio, self) => folio_lock(folio, self) && folio_end_read(folio),
    ],
    [
      'folio_unlock of a folio that a read will unlock',
      unbalanced,
      (folio, self) => {
        folio_lock(folio, self)
        folio_lock_to_io(folio, self)
        folio_unlock(folio, self)
      },
    ],
    ['folio_lock_to_io of a lock that the thread does not hold', unbalanced, folio_lock_to_io],
  ])('%s', (_, expected, body) => {
    const steps = procedure(
      'once',
      {},
      {
        once(s, me) {
          body(s.folio, me.self)
          return ret()
        },
      },
    )
    expect(litmus(spec({ name: 'once', title: 'One step', properties: [] }), [process('once', steps)({})])).toBe(expected)
  })

  test('but not a trylock of a folio that the thread has locked, which fails', () => {
    const steps = procedure(
      'once',
      {},
      {
        once(s, me) {
          assert(folio_trylock(s.folio, me.self) && !folio_trylock(s.folio, me.self), 'folio_trylock')
          return ret()
        },
      },
    )
    expect(litmus(spec({ name: 'once', title: 'One step', properties: [] }), [process('once', steps)({})])).toBe('holds')
  })
})
