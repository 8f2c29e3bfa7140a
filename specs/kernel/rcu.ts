/**
 * RCU (kernel/rcu/tree.c): a grace period that starts at `kfree_rcu` is over when every thread that was then inside a read-side section has
 * left it.
 *
 * Each thread keeps the set of what waits for it to leave, and clears it as it leaves its outermost section. So a grace period is exact,
 * nobody has to know where all the `rcu_head`s are, and where nothing waits the sets are empty and add no states.
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
  isLeftOut,
  mayBeLacked,
  type RecordField,
  type Ref,
  record,
  type SetField,
  type SetView,
  set,
  Thread,
} from '../../checker/index.js'
import { assert_unlockable, LockingCorrect } from './lockdep.js'
import { end, life_of, type Mortal, type Pool } from './memory.js'

export interface RcuReader<N extends string> {
  /** How deep the thread is in read-side sections. */
  readonly nesting: IntField
  /** The objects whose grace period waits for the thread. */
  readonly delayed_objects: SetField<N>
  /** The threads in `synchronize_rcu` that wait for the thread. */
  readonly delayed_threads: SetField<'thread'>
}

/** Field of a schema, for objects of one domain that are freed with `kfree_rcu`. Sections nest up to 3 deep. */
export function rcu_state<N extends string>(objects: Domain<N>): ArrayField<'thread', RecordField<RcuReader<N>>> {
  return array(Thread, record({ nesting: int(0, 3), delayed_objects: set(objects), delayed_threads: set(Thread) }))
}

/** That field, as a spec sees it. */
export type Rcu<N extends string> = Readonly<Record<Id<'thread'>, RcuReaderView<N>>> & { readonly ids: readonly Id<'thread'>[] }
export interface RcuReaderView<N extends string> {
  nesting: number
  readonly delayed_objects: SetView<N>
  readonly delayed_threads: SetView<'thread'>
}

/** `rcu_read_lock()`: marks this thread alone, so it needs no step of its own. */
export function rcu_read_lock<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  if (!isLeftOut('section')) rcu[self].nesting++
}

/** `rcu_read_unlock()`: part of the last step of the section, or a step of its own. Out of the outermost, nothing waits for the thread. */
export function rcu_read_unlock<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  if (mayBeLacked('section')) return
  assert_unlockable(rcu_read_lock_held(rcu, self))
  rcu[self].nesting--
  if (rcu_read_lock_held(rcu, self)) return
  rcu[self].delayed_objects.clear()
  rcu[self].delayed_threads.clear()
}

/** `rcu_read_lock_held()`: is this thread in a read-side section? */
export function rcu_read_lock_held<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): boolean {
  return rcu[self].nesting > 0
}

/**
 * `kfree_rcu(object, rcu)`: the object stays intact until the threads that are inside a read-side section now have left it.
 *
 * @throws AssertionFailure of `NoDoubleFree` where the object is not live
 */
export function kfree_rcu<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Ref<N>): void {
  const ended = end(pool, object, 'live', 'rcu')
  for (const thread of rcu.ids) if (rcu_read_lock_held(rcu, thread)) rcu[thread].delayed_objects.add(ended)
}

/** May the object, given to `kfree_rcu`, be freed now? */
export function rcu_gp_over<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Id<N>): boolean {
  return life_of(pool, object) === 'rcu' && rcu.ids.every((thread) => !rcu[thread].delayed_objects.has(object))
}

/** The callback of `kfree_rcu`, run after the grace period: from here on a use of the object is a use after free. */
export function rcu_free<N extends string, F extends Mortal>(rcu: Rcu<N>, pool: Pool<N, F>, object: Id<N>): void {
  assert(rcu_gp_over(rcu, pool, object), 'rcu_free before the grace period is over')
  end(pool, object, 'rcu', 'free')
}

/** `synchronize_rcu()`, its first half: starts a grace period for this thread to wait for. */
export function synchronize_rcu<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): void {
  assert(!rcu_read_lock_held(rcu, self), 'Illegal synchronize_rcu() in RCU read-side critical section', LockingCorrect)
  for (const thread of rcu.ids) if (rcu_read_lock_held(rcu, thread)) rcu[thread].delayed_threads.add(self)
}

/** Its second half: false while a thread is still in the section that it was in; the step then returns `blocked`. */
export function rcu_synchronized<N extends string>(rcu: Rcu<N>, self: Id<'thread'>): boolean {
  return rcu.ids.every((thread) => !rcu[thread].delayed_threads.has(self))
}
