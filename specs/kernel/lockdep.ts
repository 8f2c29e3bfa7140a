/** What CONFIG_PROVE_LOCKING proves of each lock here, with the words that it says it in (kernel/locking/lockdep.c). */
import { assert, asserted, type Id, type Ref } from '../../checker/index.js'

export const LockingCorrect = asserted('LockingCorrect', 'No thread takes a lock that it holds, or drops one that it does not hold.')

/** Before a lock is taken. */
export function assert_not_held(held: boolean): void {
  assert(!held, 'possible recursive locking detected', LockingCorrect)
}

/** Before a lock is dropped. */
export function assert_unlockable(held: boolean): void {
  assert(held, 'bad unlock balance detected!', LockingCorrect)
}

/** `lockdep_assert_held(&lock)`: stands where the C's comment says that the caller holds the lock. */
export function lockdep_assert_held(lock: { readonly owner: Ref<'thread'> }, self: Id<'thread'>): void {
  assert(lock.owner === self, 'lockdep_assert_held(lock)', LockingCorrect)
}
