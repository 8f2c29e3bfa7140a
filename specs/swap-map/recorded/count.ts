/** mm/swapfile.c: the byte of swap_map. */
import { COUNT_CONTINUED, type State, SWAP_HAS_CACHE, SWAP_MAP_MAX, SWAP_MAP_SHMEM } from './state.js'

/** swap_count(ent), the flag of the continuation included */
export const count = (s: State): number => s.swap_map & ~SWAP_HAS_CACHE

export const has_cache = (s: State): boolean => (s.swap_map & SWAP_HAS_CACHE) !== 0

/** All counts together. */
export function references(s: State): number {
  return (count(s) & ~COUNT_CONTINUED) + s.continued * (SWAP_MAP_MAX + 1)
}

/** __swap_duplicate(): count += usage, or swap_count_continued() and count = COUNT_CONTINUED; undefined where the count cannot be taken. */
export function incremented(s: State): number | undefined {
  const low = count(s) & ~COUNT_CONTINUED
  if (low > SWAP_MAP_MAX) return undefined
  if (low < SWAP_MAP_MAX) return count(s) + 1
  s.continued += 1
  return COUNT_CONTINUED
}

/** __swap_entry_free_locked(si, offset, 1): a count less, borrowed from the continuation where there is one; of shmem it is the only one. */
export function decremented(s: State): number {
  if (count(s) === SWAP_MAP_SHMEM) return 0
  if (count(s) !== COUNT_CONTINUED) return count(s) - 1
  s.continued -= 1
  return s.continued > 0 ? SWAP_MAP_MAX | COUNT_CONTINUED : SWAP_MAP_MAX
}
