/**
 * One slot of a swap device as a recorded kernel (Linux 6.12) shows it: its byte of swap_map, whether the swap cache and zswap have it, and who is in
 * the middle of what with it.
 *
 * The processes are kernel functions, one for each that a thread may be inside of; a thread inside of several is several processes. A function is its
 * accesses to the slot, in the order of the C: what leads to it (faults, reclaim, fork, swapoff) is not there, so that any thread may call any of them
 * whenever the slot allows it. That loses what only the callers know: that a count is given back by one who holds it, and what is in the pages.
 */
import { bool, int, language, oneOf, type RecordView, ref, schema, Thread } from '../../../checker/index.js'

/** include/linux/swap.h */
export const SWAP_HAS_CACHE = 0x40
export const COUNT_CONTINUED = 0x80
export const SWAP_MAP_MAX = 0x3e
export const SWAP_MAP_SHMEM = 0xbf

/** More than MOST_CONTINUED pages of continuation count more than five hundred references. */
const MOST_CONTINUED = 7

export const state = schema({
  /** si->swap_map[offset] */
  swap_map: int(0, 255),
  /** The byte in the first page of the continuation: how often SWAP_MAP_MAX + 1 was carried. */
  continued: int(0, MOST_CONTINUED),
  /** ci->lock, of the function that holds it from one access to the next; all else that is under it is one step. */
  ci_lock: ref(Thread),
  /** The swap cache has a folio for it. */
  swapper_space: bool,
  /** The folio lock, of the function that holds it from one access to the next. */
  folio_lock: ref(Thread),
  /** Ghost: the function that owns SWAP_HAS_CACHE while no folio is in the swap cache. */
  pin: ref(Thread),
  /** mm/swap_slots.c: the slot waits in a cache of a CPU, to be used, or to be freed. */
  swap_slots: oneOf('none', 'allocated', 'freed'),
  /** zswap's tree has an entry for it. */
  zswap_tree: bool,
  /** Entries of zswap for it that are not freed, those that are no longer in the tree included. */
  zswap_entries: int(0, 2),
  /** Those of them that are on its LRU. */
  zswap_lru: int(0, 2),
  /** How many counts the environment takes; constant in a scenario. */
  most: int(0, 255),
})

export type State = RecordView<(typeof state)['fields']>

/** What a scenario may take out. */
export const protections = [
  'refuse a second owner of SWAP_HAS_CACHE',
  'take from zswap what a freed slot has there',
  'hold ci->lock from the continuation to swap_map',
] as const

export const { procedure, action, invariant, reachable, guard, spec } = language(state, { protections })
