/**
 * XArrays (include/linux/xarray.h, lib/xarray.c): `array(Index, ref(Object))`, or an array of integers for values (`xa_mk_value`); 0 is
 * NULL.
 *
 * xa_store and the others take xa_lock for their own duration, so each is one step: readers take one slot at a time without a lock, and
 * other writers hold xa_lock. `__xa_store` and the like are these same functions, called by a thread that holds xa_lock across several
 * steps; a spec that has such a thread models xa_lock as a `spinlock_t`, and its other writers are blocked while it is held.
 *
 * Two ways to walk. Under RCU (`xas_for_each` in `rcu_read_lock`) a step reads one slot: `xa_load` at the index, then `xas_next`; others
 * write between two of these steps. Under xa_lock, where nobody does, one step may visit many: `xa_find`, then `xa_find_after`. Both skip
 * holes: a walk over [first, max] says nothing of the indices that have no entry.
 *
 * Left out: marks, multi-index entries, retry entries (`xas_retry`: nodes are not modelled), and -ENOMEM of a node, which the spec chooses.
 */
import { type ArrayView, type Id, type IntField, nth, ordinal, type Ref, type RefField, type View } from '../../checker/index.js'
import { EBUSY } from './errno.js'

export type XArray<N extends string, E extends RefField | IntField> = ArrayView<N, E>

/** `xa_load(&xa, index)`: one read of one slot. */
export function xa_load<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>): View<E> {
  return slots(xa)[index]
}

/** `xa_store(&xa, index, entry, gfp)`: returns the entry that was there. */
export function xa_store<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>, entry: View<E>): View<E> {
  const old = slots(xa)[index]
  slots(xa)[index] = entry
  return old
}

/** `xa_erase(&xa, index)`: returns the entry that was there. */
export function xa_erase<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>): View<E> {
  return xa_store(xa, index, 0 as View<E>)
}

/** `xa_insert(&xa, index, entry, gfp)`: 0, or -EBUSY where there is an entry. */
export function xa_insert<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>, entry: View<E>): number {
  if (slots(xa)[index] !== 0) return -EBUSY
  slots(xa)[index] = entry
  return 0
}

/** `xa_alloc(&xa, &index, entry, { min, max }, gfp)`: takes the lowest index without an entry; 0 where all have one (-EBUSY). */
export function xa_alloc<N extends string, E extends RefField | IntField>(
  xa: XArray<N, E>,
  entry: View<E>,
  min?: Id<N>,
  max?: Id<N>,
): Ref<N> {
  const ids: readonly Id<N>[] = xa.ids
  for (const index of ids) {
    if ((min !== undefined && ordinal(index) < ordinal(min)) || (max !== undefined && ordinal(index) > ordinal(max))) continue
    if (xa_insert(xa, index, entry) === 0) return index
  }
  return 0
}

/** The index at which a walk goes on after `index`, or 0 after `max`. Reads no slot: an index is the walker's own. */
export function xas_next<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>, max: Id<N>): Ref<N> {
  return ordinal(index) < ordinal(max) ? nth(xa.ids, index, 1) : 0
}

/** `xa_find(&xa, &index, max)`: the first index in [index, max] that has an entry, or 0. Reads many slots: under xa_lock only. */
export function xa_find<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>, max: Id<N>): Ref<N> {
  let at: Ref<N> = index
  while (at !== 0 && slots(xa)[at] === 0) at = xas_next(xa, at, max)
  return at
}

/** `xa_find_after(&xa, &index, max)`: the same in (index, max]. */
export function xa_find_after<N extends string, E extends RefField | IntField>(xa: XArray<N, E>, index: Id<N>, max: Id<N>): Ref<N> {
  const next = xas_next(xa, index, max)
  return next === 0 ? 0 : xa_find(xa, next, max)
}

/** The compiler does not follow an index into an array over a domain that it does not know; this says what is there. */
function slots<N extends string, E extends RefField | IntField>(xa: XArray<N, E>): Record<Id<N>, View<E>> {
  return xa as unknown as Record<Id<N>, View<E>>
}
