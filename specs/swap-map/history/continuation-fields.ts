/**
 * What swap_map[] goes on in where a byte of it is too small: continuation pages, one digit of the count in each (v4.13).
 *
 * Two slots, each in a cluster of its own, whose bytes are in one page of swap_map. Only scenarios of continuation have them.
 */
import { array, bool, domain, int, record, ref } from '../../../checker/index.js'
import { life } from '../../kernel/memory.js'
import { spinlock_t } from '../../kernel/spinlock.js'

/** The page of swap_map, which is the head of the list of its continuation pages. */
export const Head = domain('head', 0)
/** Offsets of slots in it. */
export const Offset = domain('offset', 0)
/** Pages of add_swap_count_continuation(). */
export const Continuation = domain('continuation', 0)

/** Fields of the state, by their names. */
export const continuation_fields = {
  head: array(
    Head,
    record({
      /** page_private(head) == SWP_CONTINUED */
      SWP_CONTINUED: bool,
      /** head->lru; NULL stands for the head itself. */
      next: ref(Continuation),
      prev: ref(Continuation),
      /** si->lock, of the device. */
      si_lock: spinlock_t,
      cont_lock: spinlock_t,
    }),
  ),
  offset: array(
    Offset,
    record({
      /** si->swap_map[offset] */
      swap_map: int(0, 255),
      /** The lock of its cluster. */
      ci_lock: spinlock_t,
      /** Ghost: what holds the slot. */
      references: int(0, 7),
    }),
  ),
  continuation: array(
    Continuation,
    record({
      life,
      /** page->lru; NULL stands for the head. */
      next: ref(Continuation),
      prev: ref(Continuation),
      map: array(Offset, int(0, 255)),
    }),
  ),
}

export const continuation_protections = ['cont_lock around the list of continuation pages'] as const
