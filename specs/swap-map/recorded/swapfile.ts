/** mm/swapfile.c, mm/swap_state.c and mm/page_io.c: each access to the slot that a probe records. Stores are under ci->lock, the swap cache's under xa_lock. */
import { blocked, call, ret } from '../../../checker/index.js'
import { count, decremented, has_cache, has_room, references } from './count.js'
import { COUNT_CONTINUED, guard, procedure, type State, SWAP_HAS_CACHE, SWAP_MAP_SHMEM } from './state.js'
import { zswap_invalidate } from './zswap.js'

/** cluster_alloc_range(), or scan_swap_map_slots() of a device without clusters: memset(si->swap_map + start, SWAP_HAS_CACHE, nr_pages); */
export const cluster_alloc_range = procedure(
  'cluster_alloc_range',
  {},
  {
    memset(s) {
      if (s.swap_map !== 0) return blocked
      s.swap_map = SWAP_HAS_CACHE
      s.swap_slots = 'allocated'
      return 'memset'
    },
  },
)

/** add_to_swap_cache() of a folio that goes out, to a slot that folio_alloc_swap() gave it. */
export const add_to_swap_cache = procedure(
  'add_to_swap_cache',
  {},
  {
    /** xas_store(&xas, folio); */
    xas_store(s) {
      if (s.swap_slots !== 'allocated') return blocked
      s.swap_slots = 'none'
      s.swapper_space = true
      return 'xas_store'
    },
  },
)

/** swap_duplicate(entry), by fork, or when a PTE of a folio in the swap cache is taken away. */
export const swap_duplicate = procedure(
  'swap_duplicate',
  {},
  {
    /** WRITE_ONCE(si->swap_map[offset + i], count | has_cache); */
    WRITE_ONCE(s) {
      if (count(s) === 0 && !s.swapper_space) return blocked
      if (references(s) >= s.most || count(s) === SWAP_MAP_SHMEM) return blocked
      if (!has_room(s) || s.ci_lock !== 0) return blocked
      s.swap_map += 1
      return 'WRITE_ONCE'
    },
  },
)

/** swap_shmem_alloc(entry, 1): of a folio in the swap cache that no PTE holds. */
export const swap_shmem_alloc = procedure(
  'swap_shmem_alloc',
  {},
  {
    WRITE_ONCE(s) {
      if (count(s) !== 0 || !s.swapper_space) return blocked
      s.swap_map = SWAP_MAP_SHMEM | SWAP_HAS_CACHE
      return 'WRITE_ONCE'
    },
  },
)

/** swapcache_prepare(entry, 1) in __swap_duplicate(): if (has_cache) err = -EEXIST; … has_cache = SWAP_HAS_CACHE */
function swapcache_prepare(s: State, self: State['pin']): boolean {
  const isOwned = has_cache(s) && guard('refuse a second owner of SWAP_HAS_CACHE')
  if (count(s) === 0 || isOwned || s.ci_lock !== 0) return false
  s.swap_map |= SWAP_HAS_CACHE
  s.pin = self
  return true
}

/** __read_swap_cache_async(): swapcache_prepare(entry, 1), and then add_to_swap_cache() by the same thread. */
export const __read_swap_cache_async = procedure(
  '__read_swap_cache_async',
  {},
  {
    swapcache_prepare(s, me) {
      return swapcache_prepare(s, me.self) ? 'add_to_swap_cache' : blocked
    },
    /** xas_store(&xas, folio); */
    add_to_swap_cache(s) {
      s.pin = 0
      s.swapper_space = true
      return 'swapcache_prepare'
    },
  },
)

/** free_swap_slot(entry): zswap_invalidate(entry), and then the slot waits to be freed; or swapcache_free_entries() frees it at once. */
export const free_swap_slot = procedure(
  'free_swap_slot',
  { calls: [zswap_invalidate] },
  {
    zswap_invalidate() {
      return call(zswap_invalidate, {}, 'put_slot')
    },
    /** cache->slots_ret[cache->n_ret++] = entry; */
    put_slot(s) {
      s.pin = 0
      s.swap_slots = 'freed'
      return ret()
    },
  },
)

/** WRITE_ONCE(si->swap_map[offset], usage ? usage : SWAP_HAS_CACHE); returns whether nothing is left, so that the slot is the caller's to free. */
function write_usage(s: State, usage: number, self: State['pin']): boolean {
  s.swap_map = usage === 0 ? SWAP_HAS_CACHE : usage
  s.pin = usage === 0 ? self : 0
  return usage === 0
}

/** do_swap_page() that does without the swap cache: swapcache_prepare(), and swapcache_clear() by the same thread. */
export const direct_swapin = procedure(
  'direct_swapin',
  { calls: [free_swap_slot] },
  {
    swapcache_prepare(s, me) {
      return swapcache_prepare(s, me.self) ? 'swapcache_clear' : blocked
    },
    /** cluster_swap_free_nr(si, offset, nr, SWAP_HAS_CACHE); */
    swapcache_clear(s, me) {
      if (s.ci_lock !== 0) return blocked
      return write_usage(s, count(s), me.self) ? call(free_swap_slot, {}, 'swapcache_prepare') : 'swapcache_prepare'
    },
  },
)

/** One count less; blocked where there is none, or one that the continuation lends, and of a slot that is somebody's to free. */
function drop(s: State, self: State['pin']): boolean | undefined {
  if (count(s) === 0 || count(s) === COUNT_CONTINUED || s.ci_lock !== 0) return undefined
  const pin = s.pin
  const isLast = write_usage(s, decremented(s) | (s.swap_map & SWAP_HAS_CACHE), self)
  if (!isLast) s.pin = pin
  return isLast
}

/** swap_free_nr(entry, 1): cluster_swap_free_nr(si, offset, nr, 1); */
export const cluster_swap_free_nr = procedure(
  'cluster_swap_free_nr',
  { calls: [free_swap_slot] },
  {
    /** if (!__swap_entry_free_locked(si, offset + i, usage)) … free_swap_slot(swp_entry(si->type, offset + i)); */
    __swap_entry_free_locked(s, me) {
      const isLast = drop(s, me.self)
      if (isLast === undefined) return blocked
      return isLast ? call(free_swap_slot, {}, '__swap_entry_free_locked') : '__swap_entry_free_locked'
    },
  },
)

/** free_swap_and_cache_nr(entry, nr): the same, one by one or, in __swap_entries_free(), a range at once. */
export const free_swap_and_cache_nr = procedure(
  'free_swap_and_cache_nr',
  { calls: [free_swap_slot] },
  {
    __swap_entry_free_locked(s, me) {
      const isLast = drop(s, me.self)
      if (isLast === undefined) return blocked
      return isLast ? call(free_swap_slot, {}, '__swap_entry_free_locked') : '__swap_entry_free_locked'
    },
  },
)

function delete_from_swap_cache(s: State, self: State['pin']): boolean {
  if (!s.swapper_space || s.folio_lock !== 0) return false
  s.swapper_space = false
  s.pin = self
  return true
}

/** __delete_from_swap_cache(), and put_swap_folio() by the same thread. */
export const delete_and_put = procedure(
  'delete_and_put',
  { calls: [free_swap_slot] },
  {
    /** xas_store(&xas, shadow); */
    __delete_from_swap_cache(s, me) {
      return delete_from_swap_cache(s, me.self) ? 'put_swap_folio' : blocked
    },
    /** if (!__swap_entry_free_locked(si, offset + i, SWAP_HAS_CACHE)) { …; free_swap_slot(entry); } */
    put_swap_folio(s, me) {
      if (s.ci_lock !== 0) return blocked
      return write_usage(s, count(s), me.self) ? call(free_swap_slot, {}, '__delete_from_swap_cache') : '__delete_from_swap_cache'
    },
  },
)

/** __try_to_reclaim_swap() with TTRS_DIRECT, of a slot that only the swap cache holds. */
export const __try_to_reclaim_swap = procedure(
  '__try_to_reclaim_swap',
  { calls: [zswap_invalidate] },
  {
    __delete_from_swap_cache(s, me) {
      if (count(s) !== 0) return blocked
      return delete_from_swap_cache(s, me.self) ? 'zswap_invalidate' : blocked
    },
    zswap_invalidate() {
      return call(zswap_invalidate, {}, 'swap_entry_range_free')
    },
    /** *map = 0; */
    swap_entry_range_free(s) {
      s.swap_map = 0
      s.pin = 0
      return '__delete_from_swap_cache'
    },
  },
)

/** put_swap_folio() of a slot that no folio was put in the swap cache for: add_to_swap_cache() failed. */
export const put_swap_folio = procedure(
  'put_swap_folio',
  { calls: [free_swap_slot] },
  {
    __swap_entry_free_locked(s, me) {
      if (s.swap_slots !== 'allocated') return blocked
      s.swap_slots = 'none'
      s.pin = me.self
      return call(free_swap_slot, {}, '__swap_entry_free_locked')
    },
  },
)

/** swapcache_free_entries(): slots that wait to be freed, and, when a cache is drained, those that nobody has used. */
export const swap_entry_range_free = procedure(
  'swap_entry_range_free',
  {},
  {
    /** *map = 0; */
    map(s) {
      if (s.swap_slots === 'none') return blocked
      s.swap_slots = 'none'
      s.swap_map = 0
      return 'map'
    },
  },
)

/** swap_read_folio(folio): somebody owns SWAP_HAS_CACHE. */
export const swap_read_folio = procedure(
  'swap_read_folio',
  {},
  {
    call(s) {
      return has_cache(s) ? 'call' : blocked
    },
  },
)

/** __swap_writepage(folio), of a folio in the swap cache. */
export const __swap_writepage = procedure(
  '__swap_writepage',
  {},
  {
    call(s) {
      return s.swapper_space ? 'call' : blocked
    },
  },
)
