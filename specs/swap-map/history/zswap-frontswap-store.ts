/**
 * mm/zswap.c: zswap_frontswap_store(), called from reclaim that a file system is in (v4.10): shrink_page_list() -> swap_writepage() -> __frontswap_store(). It allocates
 * with GFP_KERNEL, to this day; PF_MEMALLOC is what keeps that from reclaiming.
 *
 * Left out: what is stored. A zswap entry is a few bytes, and the page of its slab is what has to be found.
 */
import { blocked, bool, call, choose, type Id, known, ret } from '../../../checker/index.js'
import { spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'

/** The shrinker of the file system: super_cache_scan() -> evict() -> a transaction. */
const super_cache_scan = procedure(
  'super_cache_scan',
  {},
  {
    /** mutex_lock(&fs->lock); */
    mutex_lock(s, me) {
      return spin_lock(file_system(s).lock, me.self) ? 'mutex_unlock' : blocked
    },
    /** mutex_unlock(&fs->lock); */
    mutex_unlock(s, me) {
      spin_unlock(file_system(s).lock, me.self)
      return ret()
    },
  },
)

/** zswap_frontswap_store(type, offset, page): whether zswap took the page. */
const zswap_frontswap_store = procedure(
  'zswap_frontswap_store',
  { calls: [super_cache_scan], returns: bool },
  {
    /** entry = zswap_entry_cache_alloc(GFP_KERNEL): get_page_from_freelist(), or with PF_MEMALLOC from the reserves; and __alloc_pages_slowpath() */
    zswap_entry_cache_alloc(s) {
      return !file_system(s).no_free_page || choose([true, false]) ? ret(true) : '__alloc_pages_slowpath'
    },
    /** Avoid recursion of direct reclaim: if (current->flags & PF_MEMALLOC) goto nopage; … __alloc_pages_direct_reclaim() -> shrink_slab(), as __GFP_FS is set */
    __alloc_pages_slowpath(s, me) {
      if (file_system(s).PF_MEMALLOC.has(me.self)) return 'zswap_reject_kmemcache_fail'
      return call(super_cache_scan, {}, 'allocated')
    },
    allocated() {
      return ret(true)
    },
    /** if (!entry) { zswap_reject_kmemcache_fail++; ret = -ENOMEM; goto reject; } the page goes to the device */
    zswap_reject_kmemcache_fail() {
      return ret(false)
    },
  },
)

/** A transaction of a file system that needs a page, and says so with GFP_NOFS. */
export const fs_transaction = procedure(
  'fs_transaction',
  { locals: { stored: bool }, calls: [zswap_frontswap_store] },
  {
    /** mutex_lock(&fs->lock); */
    mutex_lock(s, me) {
      return spin_lock(file_system(s).lock, me.self) ? 'alloc_page' : blocked
    },
    /** alloc_page(GFP_NOFS): __perform_reclaim(): current->flags |= PF_MEMALLOC; try_to_free_pages() -> shrink_page_list() -> swap_writepage() -> __frontswap_store(page) */
    alloc_page(s, me) {
      if (guard('PF_MEMALLOC while a thread reclaims')) file_system(s).PF_MEMALLOC.add(me.self)
      return call(zswap_frontswap_store, {}, 'reclaimed', 'stored')
    },
    /** current->flags &= ~PF_MEMALLOC; */
    reclaimed(s, me) {
      file_system(s).PF_MEMALLOC.delete(me.self)
      return 'mutex_unlock'
    },
    /** mutex_unlock(&fs->lock); */
    mutex_unlock(s, me) {
      spin_unlock(file_system(s).lock, me.self)
      return ret()
    },
  },
)

function file_system(s: State): State['file_system'][Id<'file_system'>] {
  return s.file_system[known(s.file_system.ids[0] ?? 0)]
}
