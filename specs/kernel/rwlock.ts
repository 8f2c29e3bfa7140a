/**
 * Reader-writer spin locks (include/linux/rwlock.h).
 *
 * Left out: the queue (a reader that waits behind a waiting writer); here a reader enters whenever no writer is inside, which allows more.
 * What the queue would break, a thread that takes the read side twice, is reported as lockdep reports it in process context.
 */
import { type Id, isLeftOut, mayBeLacked, record, ref, set, Thread, type View } from '../../checker/index.js'
import { assert_not_held, assert_unlockable } from './lockdep.js'

/** Field of a schema. It starts unlocked. */
export const rwlock_t = record({ writer: ref(Thread), readers: set(Thread) })
export type Rwlock = View<typeof rwlock_t>

/** `read_lock(&lock)`: false while a writer is inside. One step: an atomic add to the lock word, undone where a writer was there. */
export function read_lock(lock: Rwlock, self: Id<'thread'>): boolean {
  assert_not_held(holds(lock, self))
  if (isLeftOut('lock')) return true
  if (lock.writer !== 0) return false
  lock.readers.add(self)
  return true
}

/** `read_unlock(&lock)`: one atomic subtraction from the lock word. */
export function read_unlock(lock: Rwlock, self: Id<'thread'>): void {
  if (!lock.readers.has(self) && mayBeLacked('lock')) return
  assert_unlockable(lock.readers.has(self))
  lock.readers.delete(self)
}

/** `write_lock(&lock)`: false while anyone is inside. One step: a compare-and-exchange of the lock word from 0. */
export function write_lock(lock: Rwlock, self: Id<'thread'>): boolean {
  assert_not_held(holds(lock, self))
  if (isLeftOut('lock')) return true
  if (lock.writer !== 0 || lock.readers.size > 0) return false
  lock.writer = self
  return true
}

/** `write_unlock(&lock)`: one store-release. */
export function write_unlock(lock: Rwlock, self: Id<'thread'>): void {
  if (lock.writer !== self && mayBeLacked('lock')) return
  assert_unlockable(lock.writer === self)
  lock.writer = 0
}

function holds(lock: Rwlock, self: Id<'thread'>): boolean {
  return lock.writer === self || lock.readers.has(self)
}
