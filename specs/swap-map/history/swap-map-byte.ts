/** mm/swapfile.c: a byte of swap_map, and what is done to it, each under swap_lock (v2.6.38). */
import { EEXIST, EINVAL, ENOENT } from '../../kernel/errno.js'

export const SWAP_MAP_MAX = 0x3e
export const SWAP_HAS_CACHE = 0x40
export const COUNT_CONTINUED = 0x80
/** Owned by shmem/tmpfs */
export const SWAP_MAP_SHMEM = 0xbf

interface Slot {
  swap_map: number
}

/** swap_count(ent) */
export const swap_count = (ent: number): number => ent & ~SWAP_HAS_CACHE

/** __swap_duplicate(entry, usage): 0, or -ENOENT, -EEXIST, or -EINVAL where the count is none. No count goes on in a continuation page here. */
export function __swap_duplicate(slot: Slot, usage: number): number {
  const has_cache = slot.swap_map & SWAP_HAS_CACHE
  const count = swap_count(slot.swap_map)
  if (usage === SWAP_HAS_CACHE) {
    if (has_cache) return -EEXIST
    if (!count) return -ENOENT
    slot.swap_map = count | SWAP_HAS_CACHE
    return 0
  }
  if (!count && !has_cache) return -ENOENT
  if ((count & ~COUNT_CONTINUED) >= SWAP_MAP_MAX) return -EINVAL
  slot.swap_map = (count + usage) | has_cache
  return 0
}

/** swap_entry_free(p, entry, usage): what is left of the byte, which is an unsigned char. */
export function swap_entry_free(slot: Slot, usage: number): number {
  const has_cache = usage === SWAP_HAS_CACHE ? 0 : slot.swap_map & SWAP_HAS_CACHE
  const count = swap_count(slot.swap_map)
  const left = usage === SWAP_HAS_CACHE ? count : count === SWAP_MAP_SHMEM ? 0 : count - 1
  slot.swap_map = (left & 0xff) | has_cache
  return slot.swap_map
}
