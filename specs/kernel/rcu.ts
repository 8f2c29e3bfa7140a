/**
 * RCU (kernel/rcu/tree.c): a grace period that starts at `call_rcu` is over when every thread that was then inside a read-side section has left it.
 *
 * Each thread keeps the set of what waits for it to leave; leaving the outermost section clears that set. So a grace period is exact, nobody
 * has to be told where all the `rcu_head`s are, and where nothing waits all sets are empty and add no states.
 *
 * A callback runs some time after its grace period. A spec gives it an action, or the states in which memory is reused are never seen:
 *
 *     const rcu_callback = action('rcu_callback', {
 *       params: { desc: Desc },
 *       guard: (s, { desc }) => rcu_gp_over(s.rcu, s.desc, desc),
 *       effect: (s, { desc }) => rcu_free(s.rcu, s.desc, desc),
 *     })
 */
import {
  type ArrayField,
  array,
  assert,
  type Domain,
  type Id,
  type IntField,
  int,
  type RecordField,
  type RecordView,
  type Ref,
  record,
  type SetField,
  set,
  Thread,
} from '../../checker/index.js'
import { assert_unlockable, LockingCorrect } from './lockdep.js'
import { end, life_of, type Mortal, type Pool } from './memory.js'

interface RcuFields<N extends string> {
  /** How deep each thread is in read-side sections. */
  readonly nesting: ArrayField<'thread', IntField>
  /** The objects whose grace period waits for each thread. */
  readonly objects: ArrayField<'thread', SetField<N>>
  /** The threads in `synchronize_rcu` that wait for each thread. */
  readonly synchronizers: ArrayField<'thread', SetField<'thread'>>
}

/** Field of a schema, for objects of one domain that are freed with `kfree_rcu`. Sections nest up to 3 deep. */
export function rcu_state<N extends string>(objects: Domain<N>): RecordField<RcuFields<N>> {
  return record({ nesting: array(Thread, int(0, 3)), objects: array(Thread, set(objects)), synchronizers: array(Thread, set(Thread)) })
}
export type Rcu<N extends string> = RecordView<RcuFields<N>>

/** `rcu_read_lock()`: marks this thread alone, so it needs no step of its own. */
export function rcu_read_lock<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  rcu.nesting[self]++
}

/** `rcu_read_unlock()`: part of the last step of the section, or a step of its own; out of the outermost, nothing waits for this thread any more. */
export function rcu_read_unlock<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  assert_unlockable(rcu_read_lock_held(rcu, self))
  rcu.nesting[self]--
  if (rcu_read_lock_held(rcu, self)) return
  rcu.objects[self].clear()
  rcu.synchronizers[self].clear()
}

/** `rcu_read_lock_held()`: is this thread in a read-side section? */
export function rcu_read_lock_held<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): boolean {
  return rcu.nesting[self] > 0
}

/**
 * `kfree_rcu(object, rcu)`: the object stays intact until the threads that are inside a read-side section now have left it.
 *
 * @throws AssertionFailure of `NoDoubleFree` where the object is not live
 */
export function kfree_rcu<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Ref<N>): void {
  const ended = end(pool, object, 'live', 'rcu')
  for (const thread of rcu.nesting.ids) if (rcu_read_lock_held(rcu, thread)) rcu.objects[thread].add(ended)
}

/** May the object, given to `kfree_rcu`, be freed now? */
export function rcu_gp_over<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Id<N>): boolean {
  return life_of(pool, object) === 'rcu' && rcu.nesting.ids.every((thread) => !rcu.objects[thread].has(object))
}

/** The callback of `kfree_rcu`, run after the grace period: from here on a use of the object is a use after free. */
export function rcu_free<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Id<N>): void {
  assert(rcu_gp_over(rcu, pool, object), 'rcu_free before the grace period is over')
  end(pool, object, 'rcu', 'free')
}

/** `synchronize_rcu()`, its first half: starts a grace period for this thread to wait for. */
export function synchronize_rcu<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  assert(!rcu_read_lock_held(rcu, self), 'Illegal synchronize_rcu() in RCU read-side critical section', LockingCorrect)
  for (const thread of rcu.nesting.ids) if (rcu_read_lock_held(rcu, thread)) rcu.synchronizers[thread].add(self)
}

/** Its second half: false while a thread is still in the section that it was in; the step then returns `blocked`. */
export function rcu_synchronized<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): boolean {
  return rcu.nesting.ids.every((thread) => !rcu.synchronizers[thread].has(self))
}
