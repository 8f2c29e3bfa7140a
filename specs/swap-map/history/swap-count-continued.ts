/**
 * mm/swapfile.c: swap_count_continued() (v4.13, and 2628bd6fc052): a step of the count of a slot that goes on in continuation pages, as one adds 1 to 999,
 * or subtracts 1 from 1000. The caller holds the lock of the cluster of the slot.
 *
 * SWAP_MAP_MAX and SWAP_CONT_MAX are 1 here, 0x3e and 0x7f in the kernel: a digit less is a page more for the same count.
 */
import { assert, blocked, bool, type Id, int, known, type Ref, ref, ret } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { WarnNever } from '../warn-never.js'
import { Continuation, Offset } from './continuation-fields.js'

export const COUNT_CONTINUED = 0x80
export const SWAP_MAP_MAX = 1
export const SWAP_CONT_MAX = 1

/** Incremented: true, unless a page has to be added first. Decremented: true where there is a carry left. */
export const swap_count_continued = procedure(
  'swap_count_continued',
  { args: { offset: Offset, count: int(0, 255) }, locals: { page: ref(Continuation), ret: bool }, returns: bool },
  {
    /** if (page_private(head) != SWP_CONTINUED) { BUG_ON(count & COUNT_CONTINUED); return false; } */
    page_private(s, me) {
      if (head(s).SWP_CONTINUED) return 'spin_lock'
      assert((me.count & COUNT_CONTINUED) === 0, 'BUG_ON(count & COUNT_CONTINUED)', WarnNever)
      return ret(false)
    },
    /** spin_lock(&si->cont_lock); not in v4.13 */
    spin_lock(s, me) {
      return guard('cont_lock around the list of continuation pages') && !spin_lock(head(s).cont_lock, me.self) ? blocked : 'lru_next'
    },
    /** page = list_entry(head->lru.next, struct page, lru); map = kmap_atomic(page) + offset; where the list is empty, that is the head */
    lru_next(s, me) {
      me.page = head(s).next
      if (me.count === SWAP_MAP_MAX) return 'init_map'
      return me.count === (SWAP_MAP_MAX | COUNT_CONTINUED) ? 'increment' : 'decrement'
    },
    /** while (*map == (SWAP_CONT_MAX | COUNT_CONTINUED)) { page = list_entry(page->lru.next, struct page, lru); BUG_ON(page == head); … } */
    increment(s, me) {
      const digit = map(s, me)
      if (digit === (SWAP_CONT_MAX | COUNT_CONTINUED)) {
        me.page = next(s, me.page)
        assert(me.page !== 0, 'BUG_ON(page == head)', WarnNever)
        return 'increment'
      }
      return digit === SWAP_CONT_MAX ? 'next_page' : 'add'
    },
    /** if (*map == SWAP_CONT_MAX) { page = list_entry(page->lru.next, struct page, lru); if (page == head) { ret = false; goto out; } */
    next_page(s, me) {
      me.page = next(s, me.page)
      return me.page === 0 ? 'spin_unlock' : 'init_map'
    },
    /** init_map: *map = 0; } we didn't zero the page */
    init_map(s, me) {
      store(s, me, 0)
      return 'add'
    },
    /** *map += 1; page = list_entry(page->lru.prev, struct page, lru); */
    add(s, me) {
      store(s, me, map(s, me) + 1)
      me.page = prev(s, me.page)
      me.ret = true
      return me.page === 0 ? 'spin_unlock' : 'carry'
    },
    /** while (page != head) { *map = COUNT_CONTINUED; page = list_entry(page->lru.prev, struct page, lru); } ret = true; */
    carry(s, me) {
      store(s, me, COUNT_CONTINUED)
      me.page = prev(s, me.page)
      return me.page === 0 ? 'spin_unlock' : 'carry'
    },
    /** BUG_ON(count != COUNT_CONTINUED); while (*map == COUNT_CONTINUED) { page = list_entry(page->lru.next, …); BUG_ON(page == head); … } */
    decrement(s, me) {
      assert(me.count === COUNT_CONTINUED, 'BUG_ON(count != COUNT_CONTINUED)', WarnNever)
      if (map(s, me) !== COUNT_CONTINUED) return 'subtract'
      me.page = next(s, me.page)
      assert(me.page !== 0, 'BUG_ON(page == head)', WarnNever)
      return 'decrement'
    },
    /** BUG_ON(*map == 0); *map -= 1; if (*map == 0) count = 0; page = list_entry(page->lru.prev, struct page, lru); */
    subtract(s, me) {
      assert(map(s, me) !== 0, 'BUG_ON(*map == 0)', WarnNever)
      store(s, me, map(s, me) - 1)
      if (map(s, me) === 0) me.count = 0
      me.page = prev(s, me.page)
      return 'borrow'
    },
    /** while (page != head) { *map = SWAP_CONT_MAX | count; count = COUNT_CONTINUED; page = …prev; } ret = count == COUNT_CONTINUED; */
    borrow(s, me) {
      if (me.page === 0) {
        me.ret = me.count === COUNT_CONTINUED
        return 'spin_unlock'
      }
      store(s, me, SWAP_CONT_MAX | me.count)
      me.count = COUNT_CONTINUED
      me.page = prev(s, me.page)
      return 'borrow'
    },
    /** out: spin_unlock(&si->cont_lock); return ret; */
    spin_unlock(s, me) {
      if (guard('cont_lock around the list of continuation pages')) spin_unlock(head(s).cont_lock, me.self)
      return ret(me.ret)
    },
  },
)

export function head(s: State): State['head'][Id<'head'>] {
  return s.head[known(s.head.ids[0] ?? 0)]
}

interface Digit {
  readonly offset: Id<'offset'>
  readonly page: Ref<'continuation'>
}

/** *map */
function map(s: State, { page, offset }: Digit): number {
  return page === 0 ? s.offset[offset].swap_map : s.continuation[page].map[offset]
}

function store(s: State, { page, offset }: Digit, digit: number): void {
  if (page === 0) s.offset[offset].swap_map = digit
  else s.continuation[page].map[offset] = digit
}

function next(s: State, page: Ref<'continuation'>): Ref<'continuation'> {
  return page === 0 ? head(s).next : s.continuation[page].next
}

function prev(s: State, page: Ref<'continuation'>): Ref<'continuation'> {
  return page === 0 ? head(s).prev : s.continuation[page].prev
}
