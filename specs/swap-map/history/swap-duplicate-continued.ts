/** mm/swapfile.c: swap_duplicate() and swap_free() of a slot whose count goes on in continuation pages (v4.13). */
import { blocked, bool, call, type Id, int, ret } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { invariant, procedure, type State } from '../state.js'
import { add_swap_count_continuation } from './add-swap-count-continuation.js'
import { Offset } from './continuation-fields.js'
import { COUNT_CONTINUED, head, SWAP_CONT_MAX, SWAP_MAP_MAX, swap_count_continued } from './swap-count-continued.js'

/** Another reference; swap_duplicate(entry) of fork, or of reclaim. */
export const swap_duplicate_continued = procedure(
  'swap_duplicate',
  {
    args: { offset: Offset },
    locals: { count: int(0, 255), continued: bool },
    calls: [swap_count_continued, add_swap_count_continuation],
  },
  {
    /**
     * __swap_duplicate(entry, 1): ci = lock_cluster_or_swap_info(p, offset); count = p->swap_map[offset]; if ((count & ~COUNT_CONTINUED) <
     * SWAP_MAP_MAX) count += usage; else if (swap_count_continued(p, offset, count))
     */
    __swap_duplicate(s, me) {
      const { ci_lock, swap_map } = s.offset[me.offset]
      if (!spin_lock(ci_lock, me.self)) return blocked
      me.count = swap_map
      if ((me.count & ~COUNT_CONTINUED) !== SWAP_MAP_MAX) {
        me.count += 1
        return 'swap_map'
      }
      return call(swap_count_continued, { offset: me.offset, count: me.count }, 'continued', 'continued')
    },
    /** count = COUNT_CONTINUED; else err = -ENOMEM; */
    continued(_, me) {
      if (me.continued) me.count = COUNT_CONTINUED
      return me.continued ? 'swap_map' : 'add_swap_count_continuation'
    },
    /** p->swap_map[offset] = count | has_cache; unlock_cluster_or_swap_info(p, ci); */
    swap_map(s, me) {
      const slot = s.offset[me.offset]
      slot.swap_map = me.count
      slot.references += 1
      spin_unlock(slot.ci_lock, me.self)
      return ret()
    },
    /** while (!err && __swap_duplicate(entry, 1) == -ENOMEM) err = add_swap_count_continuation(entry, GFP_ATOMIC); */
    add_swap_count_continuation(s, me) {
      spin_unlock(s.offset[me.offset].ci_lock, me.self)
      return call(add_swap_count_continuation, { offset: me.offset }, '__swap_duplicate')
    },
  },
)

/** A reference less; swap_free(entry), of a slot that keeps another. */
export const swap_free_continued = procedure(
  'swap_free',
  { args: { offset: Offset }, locals: { count: int(0, 255), carry: bool }, calls: [swap_count_continued] },
  {
    /** __swap_entry_free(p, entry, 1): ci = lock_cluster_or_swap_info(p, offset); count = p->swap_map[offset]; if (count == COUNT_CONTINUED) … else count--; */
    __swap_entry_free(s, me) {
      const { ci_lock, swap_map } = s.offset[me.offset]
      if (!spin_lock(ci_lock, me.self)) return blocked
      me.count = swap_map
      if (me.count === COUNT_CONTINUED) return call(swap_count_continued, { offset: me.offset, count: me.count }, 'continued', 'carry')
      me.count -= 1
      return 'swap_map'
    },
    /** if (swap_count_continued(p, offset, count)) count = SWAP_MAP_MAX | COUNT_CONTINUED; else count = SWAP_MAP_MAX; */
    continued(_, me) {
      me.count = me.carry ? SWAP_MAP_MAX | COUNT_CONTINUED : SWAP_MAP_MAX
      return 'swap_map'
    },
    /** p->swap_map[offset] = usage; unlock_cluster_or_swap_info(p, ci); */
    swap_map(s, me) {
      const slot = s.offset[me.offset]
      slot.swap_map = me.count
      slot.references -= 1
      spin_unlock(slot.ci_lock, me.self)
      return ret()
    },
  },
)

export const ContinuedExact = invariant(
  'ContinuedExact',
  'The digits in a byte of swap_map and in its continuation pages are the count of the references to the slot, whenever nobody has its cluster locked.',
  (s) => s.offset.ids.every((id) => s.offset[id].ci_lock.owner !== 0 || digits(s, id) === s.offset[id].references),
)

/** The count of a slot; -1 where it goes on in a page that is not there. */
function digits(s: State, offset: Id<'offset'>): number {
  let [digit, weight, sum] = [s.offset[offset].swap_map, SWAP_MAP_MAX + 1, s.offset[offset].swap_map & ~COUNT_CONTINUED]
  let page = head(s).next
  while ((digit & COUNT_CONTINUED) !== 0) {
    if (page === 0) return -1
    digit = s.continuation[page].map[offset]
    sum += weight * (digit & ~COUNT_CONTINUED)
    weight *= SWAP_CONT_MAX + 1
    page = s.continuation[page].next
  }
  return sum
}
