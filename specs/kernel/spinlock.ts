/**
 * Spin locks (include/linux/spinlock.h), and any lock with one owner: a mutex, xa_lock, a cluster lock, a page table lock.
 *
 * Left out: fairness (a queued spin lock serves in order; here any waiter may be next, which allows more), and the disabling of preemption
 * and interrupts (no step here is an interrupt handler that takes a lock).
 */
import { type Id, isLeftOut, mayBeLacked, record, ref, Thread, type View } from '../../checker/index.js'
import { assert_not_held, assert_unlockable } from './lockdep.js'

/** Field of a schema. It starts unlocked. */
export const spinlock_t = record({ owner: ref(Thread) })
export type Spinlock = View<typeof spinlock_t>

/**
 * `spin_lock(&lock)`: false while another thread holds it. One step, as taking the lock is one atomic read-modify-write of the lock word.
 * A step writes `if (!spin_lock(s.xa_lock, me.self)) return blocked`.
 */
export function spin_lock(lock: Spinlock, self: Id<'thread'>): boolean {
  assert_not_held(lock.owner === self)
  return spin_trylock(lock, self)
}

/** `spin_trylock(&lock)`: says whether it took the lock; false too where the caller holds it already. */
export function spin_trylock(lock: Spinlock, self: Id<'thread'>): boolean {
  if (isLeftOut('lock')) return true
  if (lock.owner !== 0) return false
  lock.owner = self
  return true
}

/** `spin_unlock(&lock)`: one store-release, by the thread that holds the lock. */
export function spin_unlock(lock: Spinlock, self: Id<'thread'>): void {
  if (lock.owner !== self && mayBeLacked('lock')) return
  assert_unlockable(lock.owner === self)
  lock.owner = 0
}

/** `spin_is_locked(&lock)`: by anyone. */
export function spin_is_locked(lock: Spinlock): boolean {
  return lock.owner !== 0
}
