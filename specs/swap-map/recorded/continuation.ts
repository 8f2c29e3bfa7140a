/**
 * mm/swapfile.c: a count that is carried to its continuation, or borrowed from it. swap_count_continued() changes the byte in the continuation under si->cont_lock;
 * ci->lock is held from there to the store to swap_map.
 */
import { blocked } from '../../../checker/index.js'
import { count, is_full, references } from './count.js'
import { COUNT_CONTINUED, guard, procedure, type State, SWAP_HAS_CACHE, SWAP_MAP_MAX } from './state.js'

function lock_cluster(s: State, self: State['ci_lock']): void {
  if (guard('hold ci->lock from the continuation to swap_map')) s.ci_lock = self
}

/** WRITE_ONCE(si->swap_map[offset], usage), and unlock_cluster(ci) */
function write_and_unlock(s: State, usage: number): void {
  s.swap_map = usage | (s.swap_map & SWAP_HAS_CACHE)
  s.ci_lock = 0
}

/** __swap_duplicate(entry, 1) of a byte that is full. */
export const swap_duplicate_continued = procedure(
  'swap_duplicate_continued',
  {},
  {
    /** if (swap_count_continued(si, offset, count)): *map += 1 */
    swap_count_continued(s, me) {
      if (!is_full(s) || s.ci_lock !== 0 || references(s) >= s.most) return blocked
      lock_cluster(s, me.self)
      s.continued += 1
      return 'WRITE_ONCE'
    },
    /** count = COUNT_CONTINUED; WRITE_ONCE(si->swap_map[offset], count | has_cache); */
    WRITE_ONCE(s) {
      write_and_unlock(s, COUNT_CONTINUED)
      return 'swap_count_continued'
    },
  },
)

/** if (count == COUNT_CONTINUED): swap_count_continued(si, offset, count): *map -= 1 */
function borrow(s: State, self: State['ci_lock']): boolean {
  if (count(s) !== COUNT_CONTINUED || s.ci_lock !== 0) return false
  lock_cluster(s, self)
  s.continued -= 1
  return true
}

/** count = SWAP_MAP_MAX, with COUNT_CONTINUED where the continuation has more. */
function borrowed({ continued }: State): number {
  return continued > 0 ? SWAP_MAP_MAX | COUNT_CONTINUED : SWAP_MAP_MAX
}

/** swap_free_nr(entry, 1): __swap_entry_free_locked() in cluster_swap_free_nr(), of a byte that has nothing left. */
export const cluster_swap_free_nr_continued = procedure(
  'cluster_swap_free_nr_continued',
  {},
  {
    swap_count_continued(s, me) {
      return borrow(s, me.self) ? '__swap_entry_free_locked' : blocked
    },
    __swap_entry_free_locked(s) {
      write_and_unlock(s, borrowed(s))
      return 'swap_count_continued'
    },
  },
)

/** free_swap_and_cache_nr(entry, nr): the same in __swap_entry_free(). */
export const free_swap_and_cache_nr_continued = procedure(
  'free_swap_and_cache_nr_continued',
  {},
  {
    swap_count_continued(s, me) {
      return borrow(s, me.self) ? '__swap_entry_free_locked' : blocked
    },
    __swap_entry_free_locked(s) {
      write_and_unlock(s, borrowed(s))
      return 'swap_count_continued'
    },
  },
)
