/** mm/swapfile.c: the byte of swap_map. */
import { COUNT_CONTINUED, type State, SWAP_HAS_CACHE, SWAP_MAP_MAX, SWAP_MAP_SHMEM } from './state.js'

/** swap_count(ent), the flag of the continuation included */
export const count = (s: State): number => s.swap_map & ~SWAP_HAS_CACHE

export const has_cache = (s: State): boolean => (s.swap_map & SWAP_HAS_CACHE) !== 0

/** All counts together. */
export function references(s: State): number {
  return (count(s) & ~COUNT_CONTINUED) + s.continued * (SWAP_MAP_MAX + 1)
}

/** (count & ~COUNT_CONTINUED) < SWAP_MAP_MAX: one more is counted in the byte alone. */
export function has_room(s: State): boolean {
  return (count(s) & ~COUNT_CONTINUED) < SWAP_MAP_MAX
}

/** Must the next one be carried to the continuation? */
export function is_full(s: State): boolean {
  return (count(s) & ~COUNT_CONTINUED) === SWAP_MAP_MAX
}

/** __swap_entry_free_locked(si, offset, 1) of a count that is not borrowed from the continuation: one less; of shmem it is the only one. */
export function decremented(s: State): number {
  return count(s) === SWAP_MAP_SHMEM ? 0 : count(s) - 1
}
