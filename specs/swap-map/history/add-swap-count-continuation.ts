/**
 * mm/swapfile.c: add_swap_count_continuation() (v4.13): one more page for the counts of all slots whose bytes are in one page of swap_map.
 *
 * Left out: GFP_ATOMIC allocations that fail.
 */
import { assert, blocked, type Id, int, known, ref, ret } from '../../../checker/index.js'
import { alloc, free } from '../../kernel/memory.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { WarnNever } from '../warn-never.js'
import { Continuation, Offset } from './continuation-fields.js'
import { COUNT_CONTINUED, head, SWAP_CONT_MAX, SWAP_MAP_MAX } from './swap-count-continued.js'

/** Whether there is room or not: the caller counts again. */
export const add_swap_count_continuation = procedure(
  'add_swap_count_continuation',
  { args: { offset: Offset }, locals: { page: ref(Continuation), list_page: ref(Continuation), count: int(0, 255) } },
  {
    /** page = alloc_page(gfp_mask | __GFP_HIGHMEM); it is not zeroed */
    alloc_page(s, me) {
      me.page = alloc(s.continuation)
      for (const offset of s.offset.ids) s.continuation[known(me.page)].map[offset] = GARBAGE
      return 'swap_info_get'
    },
    /** si = swap_info_get(entry): spin_lock(&si->lock); */
    swap_info_get(s, me) {
      return spin_lock(head(s).si_lock, me.self) ? 'lock_cluster' : blocked
    },
    /** ci = lock_cluster(si, offset); count = si->swap_map[offset] & ~SWAP_HAS_CACHE; if ((count & ~COUNT_CONTINUED) != SWAP_MAP_MAX) goto out; */
    lock_cluster(s, me) {
      const { ci_lock, swap_map } = s.offset[me.offset]
      if (!spin_lock(ci_lock, me.self)) return blocked
      me.count = swap_map
      return (me.count & ~COUNT_CONTINUED) === SWAP_MAP_MAX ? 'spin_lock' : 'unlock_cluster'
    },
    /** spin_lock(&si->cont_lock); not in v4.13 */
    spin_lock(s, me) {
      return guard('cont_lock around the list of continuation pages') && !spin_lock(head(s).cont_lock, me.self) ? blocked : 'page_private'
    },
    /** if (!page_private(head)) { BUG_ON(count & COUNT_CONTINUED); INIT_LIST_HEAD(&head->lru); set_page_private(head, SWP_CONTINUED); */
    page_private(s, me) {
      if (!head(s).SWP_CONTINUED) {
        assert((me.count & COUNT_CONTINUED) === 0, 'BUG_ON(count & COUNT_CONTINUED)', WarnNever)
        head(s).SWP_CONTINUED = true
      }
      return 'list_for_each_entry'
    },
    /**
     * list_for_each_entry(list_page, &head->lru, lru) { if (!(count & COUNT_CONTINUED)) goto out_unlock_cont; count = *map; if ((count & ~COUNT_CONTINUED) !=
     * SWAP_CONT_MAX) goto out_unlock_cont; }
     */
    list_for_each_entry(s, me) {
      me.list_page = me.list_page === 0 ? head(s).next : s.continuation[me.list_page].next
      if (me.list_page === 0) return 'list_add_tail'
      if ((me.count & COUNT_CONTINUED) === 0) return 'out_unlock_cont'
      me.count = s.continuation[me.list_page].map[me.offset]
      return (me.count & ~COUNT_CONTINUED) === SWAP_CONT_MAX ? 'list_for_each_entry' : 'out_unlock_cont'
    },
    /** list_add_tail(&page->lru, &head->lru): next->prev = new; new->next = next; new->prev = prev; the page is not on the list for who goes forward */
    list_add_tail(s, me) {
      const page = s.continuation[known(me.page)]
      page.prev = head(s).prev
      head(s).prev = me.page
      return 'list_add_tail_next'
    },
    /** WRITE_ONCE(prev->next, new); page = NULL; */
    list_add_tail_next(s, me) {
      const { prev } = s.continuation[known(me.page)]
      if (prev === 0) head(s).next = me.page
      else s.continuation[prev].next = me.page
      me.page = 0
      return 'out_unlock_cont'
    },
    /** out_unlock_cont: spin_unlock(&si->cont_lock); */
    out_unlock_cont(s, me) {
      if (guard('cont_lock around the list of continuation pages')) spin_unlock(head(s).cont_lock, me.self)
      return 'unlock_cluster'
    },
    /** out: unlock_cluster(ci); spin_unlock(&si->lock); */
    unlock_cluster(s, me) {
      spin_unlock(s.offset[me.offset].ci_lock, me.self)
      spin_unlock(head(s).si_lock, me.self)
      return me.page === 0 ? ret() : 'free_page'
    },
    /** if (page) __free_page(page); */
    free_page(s, me) {
      forget(s, known(me.page))
      return ret()
    },
  },
)

/** What is in a page that is not zeroed: SWAP_CONT_MAX, as if there were no room. */
const GARBAGE = SWAP_CONT_MAX

function forget(s: State, page: Id<'continuation'>): void {
  Object.assign(s.continuation[page], { next: 0, prev: 0 })
  for (const offset of s.offset.ids) s.continuation[page].map[offset] = 0
  free(s.continuation, page)
}
