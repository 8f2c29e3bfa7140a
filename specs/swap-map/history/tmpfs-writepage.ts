/**
 * mm/shmem.c, mm/swapfile.c: shmem_writepage(), shmem_truncate_range() and try_to_unuse() of a tmpfs file of one page (v2.6.38, and 826267cf1e6c).
 *
 * Left out: the write itself, which comes after what this is about and keeps the page locked; igrab() (`shmem-unuse.ts`); references to the page.
 */
import { assert, blocked, bool, type Id, known, ret } from '../../../checker/index.js'
import { EEXIST, EINVAL } from '../../kernel/errno.js'
import { spin_is_locked, spin_lock, spin_unlock } from '../../kernel/spinlock.js'
import { guard, procedure, type State } from '../state.js'
import { WarnNever } from '../warn-never.js'
import { __swap_duplicate, SWAP_HAS_CACHE, SWAP_MAP_SHMEM, swap_count, swap_entry_free } from './swap-map-byte.js'

/** shmem_writepage(page, wbc), from reclaim, which has the page locked. */
export const tmpfs_writepage = procedure(
  'shmem_writepage',
  {},
  {
    /** shrink_page_list(): if (!trylock_page(page)) goto keep; … mapping = page_mapping(page) */
    trylock_page(s, me) {
      const file = tmpfs(s)
      if (!file.pagecache || !spin_lock(file.page_lock, me.self)) return ret()
      return 'get_swap_page'
    },
    /** swap = get_swap_page(); if (!swap.val) goto redirty; the byte is SWAP_HAS_CACHE then; under swap_lock, as SWP_WRITEOK is */
    get_swap_page(s) {
      if (!tmpfs(s).SWP_WRITEOK) return 'unlock_page'
      tmpfs(s).swap_map = SWAP_HAS_CACHE
      return 'spin_lock'
    },
    /** spin_lock(&info->lock); */
    spin_lock(s, me) {
      return spin_lock(tmpfs(s).lock, me.self) ? 'add_to_swap_cache' : blocked
    },
    /**
     * if (index >= info->next_index) { BUG_ON(!(info->flags & SHMEM_TRUNCATE)); goto unlock; } … if (swap.val && add_to_swap_cache(page, swap, GFP_ATOMIC) == 0) {
     * delete_from_page_cache(page); under the page lock, too
     */
    add_to_swap_cache(s) {
      const file = tmpfs(s)
      if (!file.has_page) return 'unlock'
      file.swapcache = true
      file.pagecache = false
      return 'shmem_swp_set'
    },
    /** shmem_swp_set(info, entry, swap.val); shmem_swp_unmap(entry); */
    shmem_swp_set(s, me) {
      tmpfs(s).swp_entry = true
      if (guard('swap_shmem_alloc under info->lock')) return 'swap_shmem_alloc'
      spin_unlock(tmpfs(s).lock, me.self)
      return 'swap_shmem_alloc'
    },
    /** swap_shmem_alloc(swap): __swap_duplicate(entry, SWAP_MAP_SHMEM), whose error nobody looks at; in v2.6.38 after spin_unlock(&info->lock) */
    swap_shmem_alloc(s, me) {
      __swap_duplicate_shmem(s)
      if (guard('swap_shmem_alloc under info->lock')) spin_unlock(tmpfs(s).lock, me.self)
      return 'unlock_page'
    },
    /** unlock: shmem_swp_unmap(entry); spin_unlock(&info->lock); */
    unlock(s, me) {
      spin_unlock(tmpfs(s).lock, me.self)
      return 'swapcache_free'
    },
    /** swapcache_free(swap, NULL); */
    swapcache_free(s) {
      swap_entry_free(tmpfs(s), SWAP_HAS_CACHE)
      return 'unlock_page'
    },
    /** swap_writepage(page, wbc); … unlock_page(page); redirty: … return AOP_WRITEPAGE_ACTIVATE; */
    unlock_page(s, me) {
      spin_unlock(tmpfs(s).page_lock, me.self)
      return ret()
    },
  },
)

/** vmtruncate(inode, 0), with shmem_truncate_range() and free_swap_and_cache() in it. */
export const tmpfs_truncate = procedure(
  'shmem_truncate_range',
  { locals: { cache: bool } },
  {
    /** truncate_inode_pages(): if the page cache has the page, lock_page(page); … truncate_inode_page(mapping, page); */
    truncate_inode_pages(s) {
      const file = tmpfs(s)
      if (!file.pagecache) return 'spin_lock'
      if (spin_is_locked(file.page_lock)) return blocked
      file.pagecache = false
      return 'spin_lock'
    },
    /** spin_lock(&info->lock); info->flags |= SHMEM_PAGEIN; … info->next_index = idx; … spin_unlock(&info->lock); */
    spin_lock(s) {
      if (spin_is_locked(tmpfs(s).lock)) return blocked
      tmpfs(s).has_page = false
      return 'shmem_free_swp'
    },
    /** shmem_free_swp(ptr, ptr + size, NULL): if (ptr->val) { free_swap_and_cache(*ptr); nobody adds an entry any more */
    shmem_free_swp(s) {
      return tmpfs(s).swp_entry ? 'swap_entry_free' : 'truncate_inode_pages_again'
    },
    /** p = swap_info_get(entry); if (swap_entry_free(p, entry, 1) == SWAP_HAS_CACHE) { page = find_get_page(&swapper_space, entry.val); under swap_lock */
    swap_entry_free(s, me) {
      assert(tmpfs(s).swap_map !== 0, 'swap_free: Unused swap offset entry', WarnNever)
      me.cache = swap_entry_free(tmpfs(s), 1) === SWAP_HAS_CACHE
      return 'ptr'
    },
    /** if (page && !trylock_page(page)) …; if (page) { … delete_from_swap_cache(page); SetPageDirty(page); unlock_page(page); } *ptr = (swp_entry_t){0}; */
    ptr(s, me) {
      const file = tmpfs(s)
      if (me.cache && file.swapcache && !spin_is_locked(file.page_lock)) delete_from_swap_cache(s)
      file.swp_entry = false
      return 'truncate_inode_pages_again'
    },
    /** if (inode->i_mapping->nrpages && (info->flags & SHMEM_PAGEIN)) truncate_inode_pages_range(…): what swapoff has brought in meanwhile */
    truncate_inode_pages_again(s) {
      if (tmpfs(s).pagecache && spin_is_locked(tmpfs(s).page_lock)) return blocked
      tmpfs(s).pagecache = false
      return ret()
    },
  },
)

/** sys_swapoff(): SWP_WRITEOK goes, and try_to_unuse(type) looks for what is in use, until nothing is. No signal comes. */
export const tmpfs_swapoff = procedure(
  'try_to_unuse',
  {},
  {
    /** p->flags &= ~SWP_WRITEOK; under swap_lock */
    SWP_WRITEOK(s) {
      tmpfs(s).SWP_WRITEOK = false
      return 'find_next_to_unuse'
    },
    /** while ((i = find_next_to_unuse(si, i)) != 0) { */
    find_next_to_unuse(s) {
      return tmpfs(s).swap_map === 0 ? ret() : 'read_swap_cache_async'
    },
    /** page = read_swap_cache_async(entry, GFP_HIGHUSER_MOVABLE, NULL, 0); if (!page) { if (!*swap_map) continue; */
    read_swap_cache_async(s) {
      const file = tmpfs(s)
      if (file.swapcache) return 'lock_page'
      const err = __swap_duplicate(file, SWAP_HAS_CACHE)
      if (err === 0) file.swapcache = true
      return err === 0 ? 'lock_page' : err === -EEXIST ? 'read_swap_cache_async' : 'find_next_to_unuse'
    },
    /** lock_page(page); wait_on_page_writeback(page); */
    lock_page(s, me) {
      return spin_lock(tmpfs(s).page_lock, me.self) ? 'swcount' : blocked
    },
    /** swcount = *swap_map; if (swap_count(swcount) == SWAP_MAP_SHMEM) { retval = shmem_unuse(entry, page); the page is gone from the swap cache, or nobody else has it */
    swcount(s) {
      return swap_count(tmpfs(s).swap_map) === SWAP_MAP_SHMEM ? 'shmem_unuse_inode' : 'delete_from_swap_cache'
    },
    /**
     * shmem_unuse(entry, page): shmem_unuse_inode(info, entry, page): size = info->next_index; … offset = shmem_find_swp(entry, ptr, ptr+size); if (offset >= 0) goto found; … add_to_page_cache_locked(page,
     * mapping, idx, GFP_NOWAIT); delete_from_swap_cache(page); shmem_swp_set(info, ptr + offset, 0); under info->lock
     */
    shmem_unuse_inode(s) {
      const file = tmpfs(s)
      if (spin_is_locked(file.lock)) return blocked
      if (!file.has_page || !file.swp_entry) return 'unlock_page'
      file.swp_entry = false
      file.pagecache = true
      delete_from_swap_cache(s)
      return 'swap_free'
    },
    /** swap_free(entry); … spin_unlock(&info->lock); out: unlock_page(page); continue; } */
    swap_free(s) {
      swap_entry_free(tmpfs(s), 1)
      return 'unlock_page'
    },
    /** if (PageSwapCache(page) && likely(page_private(page) == entry.val)) delete_from_swap_cache(page); SetPageDirty(page); */
    delete_from_swap_cache(s) {
      if (tmpfs(s).swapcache) delete_from_swap_cache(s)
      return 'unlock_page'
    },
    /** unlock_page(page); page_cache_release(page); cond_resched(); } */
    unlock_page(s, me) {
      spin_unlock(tmpfs(s).page_lock, me.self)
      return 'find_next_to_unuse'
    },
  },
)

function tmpfs(s: State): State['tmpfs'][Id<'tmpfs'>] {
  return s.tmpfs[known(s.tmpfs.ids[0] ?? 0)]
}

/** Whose error swap_shmem_alloc() drops. */
function __swap_duplicate_shmem(s: State): void {
  const err = __swap_duplicate(tmpfs(s), SWAP_MAP_SHMEM)
  assert(err === 0 || err === -EINVAL, 'the slot has SWAP_HAS_CACHE, at least', WarnNever)
}

/** delete_from_swap_cache(page), with swapcache_free(entry, page). */
function delete_from_swap_cache(s: State): void {
  tmpfs(s).swapcache = false
  swap_entry_free(tmpfs(s), SWAP_HAS_CACHE)
}
