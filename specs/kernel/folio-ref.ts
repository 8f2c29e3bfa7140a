/**
 * The reference count of a folio (include/linux/page_ref.h, include/linux/mm.h).
 *
 * `struct folio` is never unmapped: a thread may look at the count of a folio that was freed, which is then 0. So `folio_try_get` takes a
 * folio of any life (do not pass it through `live`), and whoever got a reference must look again whether it is the folio that was sought.
 */
import { assert } from '../../checker/index.js'
import { atomic_add, atomic_add_unless, atomic_inc, atomic_sub_and_test } from './atomic.js'

export interface CountedFolio {
  _refcount: number
}

/** `folio_try_get(folio)`: a reference, unless there is none left to share; one atomic add unless zero. */
export function folio_try_get(folio: CountedFolio): boolean {
  return atomic_add_unless(folio, '_refcount', 1, 0)
}

/** `folio_get(folio)`: the caller has a reference already. */
export function folio_get(folio: CountedFolio): void {
  assert(folio._refcount > 0, 'VM_BUG_ON_FOLIO(folio_ref_zero_or_close_to_overflow(folio), folio)')
  atomic_inc(folio, '_refcount')
}

/** `folio_ref_add(folio, nr)`: one reference for each page, as the swap cache takes. */
export function folio_ref_add(folio: CountedFolio, nr: number): void {
  atomic_add(folio, '_refcount', nr)
}

/** `folio_put_testzero(folio)`: true for the last reference, whose dropper frees the folio. `nr` as in `folio_put_refs`. */
export function folio_put_testzero(folio: CountedFolio, nr = 1): boolean {
  assert(folio._refcount > 0, 'VM_BUG_ON_FOLIO(folio_ref_count(folio) == 0, folio)')
  return atomic_sub_and_test(folio, '_refcount', nr)
}
