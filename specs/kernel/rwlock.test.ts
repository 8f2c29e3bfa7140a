import { describe, expect, test } from 'vitest'
import { blocked, language, process, ret, schema, set, Thread } from '../../checker/index.js'
import { read_lock, read_unlock, rwlock_t, write_lock, write_unlock } from './rwlock.js'
import { litmus } from './testing/litmus.js'

const state = schema({ lock: rwlock_t, reading: set(Thread), writing: set(Thread) })
const { procedure, invariant, reachable, spec, guard } = language(state, { protections: ['read_lock', 'write_lock'] })

const reader = process(
  'reader',
  procedure(
    'reader',
    {},
    {
      lock(s, me) {
        if (guard('read_lock') && !read_lock(s.lock, me.self)) return blocked
        s.reading.add(me.self)
        return 'unlock'
      },
      unlock(s, me) {
        s.reading.delete(me.self)
        if (guard('read_lock')) read_unlock(s.lock, me.self)
        return ret()
      },
    },
  ),
)
const writer = process(
  'writer',
  procedure(
    'writer',
    {},
    {
      lock(s, me) {
        if (guard('write_lock') && !write_lock(s.lock, me.self)) return blocked
        s.writing.add(me.self)
        return 'unlock'
      },
      unlock(s, me) {
        s.writing.delete(me.self)
        if (guard('write_lock')) write_unlock(s.lock, me.self)
        return ret()
      },
    },
  ),
)

const writersAlone = invariant(
  'WritersAlone',
  'A writer is alone.',
  (s) => s.writing.size === 0 || (s.writing.size === 1 && s.reading.size === 0),
)
const readersTogether = reachable('ReadersTogether', 'Two readers are inside at once.', (s) => s.reading.size === 2)
const shared = spec({ name: 'shared', title: 'Readers and writers', properties: [writersAlone, readersTogether] })
const run = [reader({}), reader({}), writer({}), writer({})]

describe('a reader-writer lock', () => {
  test('lets readers in together and writers in alone', () => {
    expect(litmus(shared, run)).toBe('holds')
  })

  test.each(['read_lock', 'write_lock'])('needs %s', (lock) => {
    expect(litmus(shared, run, { without: [lock] })).toBe('violated WritersAlone')
  })
})

describe('what lockdep reports', () => {
  type Lock = Parameters<typeof read_lock>[0]
  type Self = Parameters<typeof read_lock>[1]
  const recursive = 'violated LockingCorrect: possible recursive locking detected'
  const unbalanced = 'violated LockingCorrect: bad unlock balance detected!'

  test.each<[string, string, (lock: Lock, self: Self) => unknown]>([
    ['read_lock inside read_lock', recursive, (lock, self) => read_lock(lock, self) && read_lock(lock, self)],
    ['write_lock inside read_lock', recursive, (lock, self) => read_lock(lock, self) && write_lock(lock, self)],
    ['read_lock inside write_lock', recursive, (lock, self) => write_lock(lock, self) && read_lock(lock, self)],
    ['read_unlock of a lock held for writing', unbalanced, (lock, self) => write_lock(lock, self) && read_unlock(lock, self)],
    ['write_unlock of a lock held for reading', unbalanced, (lock, self) => read_lock(lock, self) && write_unlock(lock, self)],
  ])('%s', (_, expected, body) => {
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
    expect(litmus(spec({ name: 'once', title: 'One step', properties: [] }), [process('once', steps)({})])).toBe(expected)
  })
})
