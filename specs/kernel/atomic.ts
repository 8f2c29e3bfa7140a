/**
 * atomic_t (include/linux/atomic.h): each function is one atomic read-modify-write of an integer field, named by its name:
 * `atomic_add_unless(desc, 'swap_refs', SWAP_COUNT_INC, 0)`. `atomic_read` and `atomic_set` are a plain read and a plain assignment.
 *
 * Memory is sequentially consistent here; reordering by the CPU is left out.
 */
import { assert, asserted } from '../../checker/index.js'

/** Every counter that these functions lower counts references, or things in a pool: it has no business below 0. */
export const NoUnderflow = asserted('NoUnderflow', 'No count falls below zero.')

/** A record with an integer field of that name. */
export type Counter<K extends string> = { [P in K]: number }

export function atomic_add<K extends string>(counter: Counter<K>, field: K, i: number): void {
  write(counter, field, counter[field] + i)
}

export function atomic_inc<K extends string>(counter: Counter<K>, field: K): void {
  atomic_add(counter, field, 1)
}

/** @throws AssertionFailure of `NoUnderflow` */
export function atomic_sub<K extends string>(counter: Counter<K>, field: K, i: number): void {
  assert(counter[field] >= i, 'refcount underflow', NoUnderflow)
  write(counter, field, counter[field] - i)
}

/** @throws AssertionFailure of `NoUnderflow` */
export function atomic_dec<K extends string>(counter: Counter<K>, field: K): void {
  atomic_sub(counter, field, 1)
}

/**
 * `atomic_sub_and_test(i, &counter)`: true where the result is 0.
 *
 * @throws AssertionFailure of `NoUnderflow`
 */
export function atomic_sub_and_test<K extends string>(counter: Counter<K>, field: K, i: number): boolean {
  atomic_sub(counter, field, i)
  return counter[field] === 0
}

/** `atomic_dec_and_test(&counter)`. */
export function atomic_dec_and_test<K extends string>(counter: Counter<K>, field: K): boolean {
  return atomic_sub_and_test(counter, field, 1)
}

/** `atomic_add_unless(&counter, i, u)`: adds, unless the value is `u`; says whether it added. */
export function atomic_add_unless<K extends string>(counter: Counter<K>, field: K, i: number, u: number): boolean {
  if (counter[field] === u) return false
  atomic_add(counter, field, i)
  return true
}

/** `atomic_xchg(&counter, value)`: stores, and returns what was there. */
export function atomic_xchg<K extends string>(counter: Counter<K>, field: K, value: number): number {
  const old = counter[field]
  write(counter, field, value)
  return old
}

/**
 * `atomic_try_cmpxchg(&desc->swap_refs, &old, value)` is `atomic_try_cmpxchg(desc, 'swap_refs', me, 'old', value)`: stores `value` where
 * the counter still is `old`, and says so; where it is not, `old` becomes what the counter is, for the next turn of the loop.
 */
export function atomic_try_cmpxchg<K extends string, L extends string>(
  counter: Counter<K>,
  field: K,
  locals: Counter<L>,
  old: L,
  value: number,
): boolean {
  if (counter[field] !== locals[old]) {
    write(locals, old, counter[field])
    return false
  }
  write(counter, field, value)
  return true
}

function write<K extends string>(counter: Counter<K>, field: K, value: number): void {
  const fields: Record<string, number> = counter
  fields[field] = value
}
