/**
 * The folio lock: PG_locked (include/linux/pagemap.h, mm/filemap.c).
 *
 * PG_locked has no owner in the kernel: whoever completes a read unlocks the folio that the reader locked. Here it has one, as a ghost, so
 * that a lock that is leaked, or dropped by a stranger, is seen. A thread that submits a read says so with `folio_lock_to_io`; from then on
 * the lock is the read's, and only `folio_end_read` drops it.
 *
 * Left out: the wait queue of the folio; `folio_lock` is enabled as soon as the lock is free.
 */
import { assert, bool, type Id, isLeftOut, mayBeLacked, type Ref, ref, Thread } from '../../checker/index.js'
import { assert_not_held, assert_unlockable, LockingCorrect } from './lockdep.js'

/** Fields to spread into the record of a folio: `record({ ...folio_lock_fields, … })`. It starts unlocked. */
export const folio_lock_fields = {
  PG_locked: bool,
  /** Ghost: the thread that holds PG_locked; NULL while nobody or a read does. */
  locked_by: ref(Thread),
}
export interface LockableFolio {
  PG_locked: boolean
  locked_by: Ref<'thread'>
}

/** `folio_trylock(folio)`: one test_and_set_bit_lock of PG_locked. Says whether it took the lock. */
export function folio_trylock(folio: LockableFolio, self: Id<'thread'>): boolean {
  if (isLeftOut('lock')) return true
  if (folio.PG_locked) return false
  folio.PG_locked = true
  folio.locked_by = self
  return true
}

/** `folio_lock(folio)`: false while it is locked; the step then returns `blocked`. */
export function folio_lock(folio: LockableFolio, self: Id<'thread'>): boolean {
  assert_not_held(folio.locked_by === self)
  return folio_trylock(folio, self)
}

/** `folio_unlock(folio)`, by the thread that locked it: one clear_bit_unlock. */
export function folio_unlock(folio: LockableFolio, self: Id<'thread'>): void {
  if (folio.locked_by !== self && mayBeLacked('lock')) return
  assert(folio.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert_unlockable(folio.locked_by === self)
  folio.PG_locked = false
  folio.locked_by = 0
}

/** Part of the step that submits a read: from here on, completing the read is what unlocks the folio. */
export function folio_lock_to_io(folio: LockableFolio, self: Id<'thread'>): void {
  if (folio.locked_by !== self && mayBeLacked('lock')) return
  assert_unlockable(folio.locked_by === self)
  folio.locked_by = 0
}

/**
 * The unlock by the completion of a read that was given the lock, on whatever CPU: in `folio_end_read(folio, success)`, or, for a read from
 * swap, the `folio_unlock(folio)` of `__end_swap_bio_read(bio)`.
 */
export function folio_end_read(folio: LockableFolio): void {
  assert(folio.PG_locked, 'VM_BUG_ON_FOLIO(!folio_test_locked(folio), folio)')
  assert(folio.locked_by === 0, 'folio_end_read of a folio that a thread has locked', LockingCorrect)
  folio.PG_locked = false
}
